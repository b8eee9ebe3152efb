package io.p2pmap.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.type.TypeReference;

class CborPropertiesTest {

  enum Colour {
    RED,
    GREEN
  }

  record Sample(
      boolean flag,
      long number,
      Double fraction,
      String text,
      byte[] bytes,
      Instant instant,
      Colour colour,
      List<Integer> list,
      Map<String, Long> map) {}

  private final CborCodecs codecs = new CborCodecs(List.of(), getClass().getClassLoader());
  private final CborCodec<String> strings = codecs.codecOf(String.class);
  private final CborCodec<Map<String, List<Sample>>> samples =
      codecs.codecOf(new TypeReference<Map<String, List<Sample>>>() {}.getType());

  @Property(tries = 2000)
  void everyStringComesBack(@ForAll("strings") String value) {
    assertThat(strings.decode(strings.encode(value))).isEqualTo(value);
  }

  @Property(tries = 200)
  void everySampleComesBackAndHasTheSameBytesAgain(
      @ForAll("samples") Map<String, List<Sample>> value) {
    byte[] bytes = samples.encode(value);
    Map<String, List<Sample>> decoded = samples.decode(bytes);
    assertThat(decoded).usingRecursiveComparison().isEqualTo(value);
    assertThat(samples.encode(decoded)).isEqualTo(bytes);
  }

  // Lengths around those at which CBOR and Jackson change the form of a string.
  @Provide
  Arbitrary<String> strings() {
    Arbitrary<Integer> lengths =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 300),
            Arbitraries.integers().between(3990, 4010),
            Arbitraries.of(65_535, 65_536, 70_000));
    return Combinators.combine(lengths, Arbitraries.of("a", "é", "€", "😀", "a😀"))
        .as((length, part) -> "x".repeat(length % 2) + part.repeat(length));
  }

  @Provide
  Arbitrary<Map<String, List<Sample>>> samples() {
    Arbitrary<String> text = Arbitraries.strings().ascii().ofMaxLength(30);
    Arbitrary<Instant> instants =
        Combinators.combine(
                Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L),
                Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    Arbitrary<Sample> sample =
        Combinators.combine(
                Arbitraries.longs(),
                Arbitraries.doubles().injectNull(0.1),
                text.injectNull(0.1),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(50),
                instants,
                Arbitraries.of(Colour.class),
                Arbitraries.integers().list().ofMaxSize(5),
                Arbitraries.maps(text, Arbitraries.longs()).ofMaxSize(5))
            .as(
                (number, fraction, string, bytes, instant, colour, list, map) ->
                    new Sample(
                        number > 0, number, fraction, string, bytes, instant, colour, list, map));
    return Arbitraries.maps(text, sample.list().ofMaxSize(3)).ofMaxSize(4);
  }
}
