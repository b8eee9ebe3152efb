package io.p2pmap.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A key is identified by its bytes: if one of these tests fails after an upgrade of Jackson, nodes
 * of two releases would no longer find each other's keys.
 */
class CborStabilityTest {

  private final CborCodecs codecs = new CborCodecs(List.of(), getClass().getClassLoader());

  enum Mode {
    ON {
      @Override
      public String toString() {
        return "switched on";
      }
    }
  }

  record Key(String zone, int shard, Mode mode) {}

  static class Bean {
    public int second = 2;
    public int first = 1;
  }

  static Stream<Arguments> keysAndTheirBytes() {
    return Stream.of(
        Arguments.of(String.class, "", "60"),
        Arguments.of(String.class, "key", "636b6579"),
        Arguments.of(String.class, "ä😀", "66c3a4f09f9880"),
        Arguments.of(String.class, "a".repeat(25), "7819" + "61".repeat(25)),
        Arguments.of(Integer.class, 1, "01"),
        Arguments.of(Integer.class, -1000, "3903e7"),
        Arguments.of(Long.class, 1L, "01"),
        Arguments.of(Long.class, 1L << 40, "1b0000010000000000"),
        Arguments.of(Boolean.class, true, "f5"),
        Arguments.of(Double.class, 0.5, "fb3fe0000000000000"),
        Arguments.of(UUID.class, new UUID(0x11, 0x22), "5000000000000000110000000000000022"),
        Arguments.of(Mode.class, Mode.ON, "624f4e"),
        Arguments.of(LocalDate.class, LocalDate.of(2026, 1, 2), "6a323032362d30312d3032"),
        Arguments.of(Duration.class, Duration.ofMillis(1500), "665054312e3553"),
        Arguments.of(
            Instant.class,
            Instant.parse("2026-01-02T03:04:05.123456789Z"),
            "781e323032362d30312d30325430333a30343a30352e3132333435363738395a"),
        Arguments.of(
            Key.class,
            new Key("eu", 3, Mode.ON),
            "bf647a6f6e6562657565736861726403646d6f6465624f4eff"),
        Arguments.of(Bean.class, new Bean(), "bf65666972737401667365636f6e6402ff"),
        Arguments.of(Map.class, new TreeMap<>(Map.of("b", 1, "a", 2)), "bf616102616201ff"),
        Arguments.of(List.class, List.of(1, "x"), "82016178"));
  }

  @ParameterizedTest
  @MethodSource("keysAndTheirBytes")
  void theBytesOfAKeyNeverChange(Type type, Object key, String hex) {
    assertThat(HexFormat.of().formatHex(codecs.codecOf(type).encode(key))).isEqualTo(hex);
  }

  @Test
  void aLongTextIsInPartsOf3996Characters() {
    byte[] bytes = codecs.<String>codecOf(String.class).encode("a".repeat(4000));
    assertThat(bytes).hasSize(1 + 3 + 3996 + 1 + 4 + 1).startsWith(0x7F, 0x79, 0x0F, 0x9C);
  }
}
