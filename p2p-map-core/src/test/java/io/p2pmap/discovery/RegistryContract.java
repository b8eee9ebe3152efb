package io.p2pmap.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Registry} does. */
abstract class RegistryContract {

  /** A view of the same place as the others of this test, not opened. */
  abstract Registry newRegistry() throws Exception;

  @Test
  void everyNodeReadsWhatAllHaveWritten() throws Exception {
    Registry a = open("shop");
    Registry b = open("shop");
    a.write("127.0.0.2:7800", 1);
    b.write("[0:0:0:0:0:0:0:1]:7801", 2);

    assertThat(a.read()).containsEntry("127.0.0.2:7800", 1L).hasSize(2);
    assertThat(b.read()).isEqualTo(a.read());
  }

  @Test
  void aNodeHasOneEntry() throws Exception {
    Registry registry = open("shop");
    registry.write("127.0.0.2:7800", 1);
    registry.write("127.0.0.2:7800", 2);

    assertThat(registry.read()).isEqualTo(Map.of("127.0.0.2:7800", 2L));
  }

  @Test
  void onlyAnEntryThatDidNotChangeIsRemoved() throws Exception {
    Registry registry = open("shop");
    registry.write("127.0.0.2:7800", 1);
    registry.remove("127.0.0.2:7800", 2);
    assertThat(registry.read()).hasSize(1);

    registry.remove("127.0.0.2:7800", 1);

    assertThat(registry.read()).isEmpty();
    registry.remove("127.0.0.2:7800", 1);
  }

  @Test
  void clustersDoNotSeeEachOther() throws Exception {
    Registry shop = open("shop/../: \u00e4'");
    Registry other = open("other");
    shop.write("127.0.0.2:7800", 1);
    other.write("127.0.0.2:7800", 2);

    assertThat(shop.read().values()).containsExactly(1L);
    assertThat(other.read().values()).containsExactly(2L);
  }

  @Test
  void nodesMayOpenItTogether() {
    List<CompletableFuture<Void>> nodes =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.runAsync(() -> openAndWrite("127.0.0.2:" + (i + 1))))
            .toList();

    assertThat(nodes).allSatisfy(node -> assertThat(node).succeedsWithin(Duration.ofSeconds(20)));
  }

  private void openAndWrite(String address) {
    try {
      open("together").write(address, 1);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  final Registry open(String clusterName) throws Exception {
    Registry registry = newRegistry();
    registry.open(clusterName);
    return registry;
  }
}
