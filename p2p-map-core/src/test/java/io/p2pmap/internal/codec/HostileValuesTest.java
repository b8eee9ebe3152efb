package io.p2pmap.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.wire.Fuzzing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys and values of any bytes are decoded or refused. */
class HostileValuesTest {

  private static final int CASES = 25_000;

  /**
   * Jackson believes a byte string's announced length up to this, and reads longer ones in parts.
   */
  private static final int ALLOCATED_BYTES = 300_000;

  /** Objects of the JDK for a single byte, such as a list in a list. */
  private static final int ALLOCATED_PER_BYTE = 200;

  enum Colour {
    RED,
    GREEN
  }

  record Anything(
      Map<String, List<Anything>> children,
      BigInteger large,
      BigDecimal exact,
      byte[] bytes,
      Instant instant,
      ZonedDateTime date,
      Duration duration,
      UUID id,
      Colour colour,
      double fraction,
      Object untyped) {}

  private final CborCodecs codecs = new CborCodecs(List.of(), getClass().getClassLoader());

  @Test
  void keysOfAnyBytesAreDecodedOrRefused() {
    CborCodec<String> codec = codecs.codecOf(String.class);
    fuzz(codec, List.of("", "flag.checkout", "schlüssel", "🔑".repeat(40), "x".repeat(4_000)));
  }

  @Test
  void valuesOfAnyBytesAreDecodedOrRefused() {
    CborCodec<Anything> codec = codecs.codecOf(Anything.class);
    Anything leaf = value(Map.of(), List.of(1, "two", Map.of("three", 4.5)));
    fuzz(codec, List.of(leaf, value(Map.of("a", List.of(leaf, leaf), "b", List.of()), 1)));
  }

  private static Anything value(Map<String, List<Anything>> children, Object untyped) {
    return new Anything(
        children,
        new BigInteger("123456789012345678901234567890"),
        new BigDecimal("-1234.5678901234567890123"),
        new byte[100],
        Instant.ofEpochSecond(1_767_323_045),
        ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Berlin]"),
        Duration.ofSeconds(5, 6),
        new UUID(1, 2),
        Colour.GREEN,
        0.5,
        untyped);
  }

  private static <T> void fuzz(CborCodec<T> codec, List<T> values) {
    List<byte[]> samples = new ArrayList<>();
    values.forEach(value -> samples.add(codec.encode(value)));
    Fuzzing fuzzing = new Fuzzing(DecodeException.class, ALLOCATED_BYTES, ALLOCATED_PER_BYTE);
    fuzzing.run(Fuzzing.cases(CASES), samples, codec::decode);
    assertThat(fuzzing.accepted()).isPositive();
    assertThat(fuzzing.refused()).isPositive();
  }
}
