package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyTextTests {

  private final ReplicatedMaps maps = ReplicatedMaps.builder().build();

  @AfterEach
  void close() {
    maps.close();
  }

  @Test
  void aStringIsItself() {
    assertThat(KeyText.find(mapOf("server.port"), "server.port")).contains("server.port");
  }

  @Test
  void aNumberIsReadAsTheTypeOfTheKeys() {
    assertThat(KeyText.find(mapOf(7L), "7")).contains(7L);
  }

  @Test
  void anEnumIsWrittenByItsName() {
    assertThat(KeyText.print(Plan.FREE)).isEqualTo("FREE");
    assertThat(KeyText.find(mapOf(Plan.FREE), "FREE")).contains(Plan.FREE);
  }

  @Test
  void aUuidIsFoundInAnyCase() {
    UUID key = UUID.randomUUID();
    assertThat(KeyText.find(mapOf(key), key.toString().toUpperCase(Locale.ROOT))).contains(key);
  }

  @Test
  void anyOtherKeyIsFoundByHowItPrints() {
    Point key = new Point(1, 2);
    assertThat(KeyText.find(mapOf(key), "Point[x=1, y=2]")).contains(key);
  }

  @Test
  void whatCanNotBeAKeyIsNotFound() {
    assertThat(KeyText.find(mapOf(7L), "seven")).isEmpty();
    assertThat(KeyText.find(mapOf(Plan.FREE), "PAID")).isEmpty();
    assertThat(KeyText.find(mapOf(new Point(1, 2)), "Point[x=2, y=1]")).isEmpty();
  }

  @Test
  void anAbsentKeyIsNotFound() {
    assertThat(KeyText.find(mapOf("a"), "b")).isEmpty();
  }

  private <K> ReplicatedMap<K, String> mapOf(K key) {
    @SuppressWarnings("unchecked")
    Class<K> type =
        (Class<K>)
            (key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass());
    ReplicatedMap<K, String> map = maps.open(MapSpec.of(type.getName(), type, String.class));
    map.put(key, "value");
    return map;
  }

  record Point(int x, int y) {}

  enum Plan {
    /** Of a class of its own. */
    FREE {
      @Override
      public String toString() {
        return "free of charge";
      }
    }
  }
}
