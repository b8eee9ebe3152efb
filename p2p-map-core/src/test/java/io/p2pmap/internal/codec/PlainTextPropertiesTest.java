package io.p2pmap.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmap.internal.text.PlainText;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** The short cut for strings never differs from Jackson, which still writes those inside a list. */
class PlainTextPropertiesTest {

  private static final byte LIST_OF_ONE = (byte) 0x81;
  private static final Type LIST = new TypeReference<List<String>>() {}.getType();

  private final CborCodecs codecs = new CborCodecs(List.of(), getClass().getClassLoader());
  private final CborCodec<String> texts = codecs.codecOf(String.class);
  private final CborCodec<List<String>> jackson = codecs.codecOf(LIST);

  private static byte[] inList(byte[] bytes) {
    byte[] list = new byte[1 + bytes.length];
    list[0] = LIST_OF_ONE;
    System.arraycopy(bytes, 0, list, 1, bytes.length);
    return list;
  }

  @Property(tries = 5_000)
  void aStringHasTheBytesThatJacksonGivesIt(@ForAll("texts") String text) {
    assertThat(inList(texts.encode(text))).isEqualTo(jackson.encode(List.of(text)));
  }

  @Property(tries = 2_000)
  void halfACharacterIsLeftToJackson(
      @ForAll("texts") String before,
      @ForAll("halves") String half,
      @ForAll("texts") String after) {
    String text = before + half + "." + after;
    assertThat(PlainText.tryEncode(text)).isNull();
    assertThatThrownBy(() -> texts.encode(text)).isInstanceOf(EncodeException.class);
  }

  @Property(tries = 20_000)
  void whatIsDecodedJacksonDecodesToTheSame(@ForAll("changedBytes") byte[] bytes) {
    String text = PlainText.tryDecode(bytes);
    if (text != null) {
      assertThat(jackson.decode(inList(bytes))).containsExactly(text);
    }
  }

  @Property(tries = 5_000)
  void asciiTextStandsForItsBytes(@ForAll("texts") String text) {
    byte[] bytes = texts.encode(text);
    boolean isAscii = text.chars().allMatch(c -> c < 0x80) && text.length() <= 1_000;
    assertThat(PlainText.isAsciiOf(text, bytes)).isEqualTo(isAscii);
    if (isAscii) {
      assertThat(PlainText.encodeAscii(text)).isEqualTo(bytes);
      assertThat(PlainText.asciiBytes(text)).isEqualTo(bytes.length);
    }
  }

  @Property(tries = 20_000)
  void textStandsForNoOtherBytes(
      @ForAll("texts") String text, @ForAll("changedBytes") byte[] bytes) {
    if (PlainText.isAsciiOf(text, bytes)) {
      assertThat(PlainText.encodeAscii(text)).isEqualTo(bytes);
    }
  }

  @Example
  void aLongerFormOfALengthIsNotReplacedByText() {
    assertThat(texts.decode(new byte[] {0x78, 1, 'a'})).isEqualTo("a");
    assertThat(PlainText.isAsciiOf("a", new byte[] {0x78, 1, 'a'})).isFalse();
  }

  @Example
  void aModuleThatWritesStringsInItsOwnWayIsHonoured() {
    SimpleModule upperCase = new SimpleModule().addSerializer(String.class, new UpperCase());
    CborCodecs withModule = new CborCodecs(List.of(upperCase), getClass().getClassLoader());
    assertThat(texts.decode(withModule.<String>codecOf(String.class).encode("abc")))
        .isEqualTo("ABC");
  }

  private static final class UpperCase extends StdSerializer<String> {
    UpperCase() {
      super(String.class);
    }

    @Override
    public void serialize(String value, JsonGenerator out, SerializationContext context) {
      out.writeString(value.toUpperCase(Locale.ROOT));
    }
  }

  // Lengths around those at which the form changes.
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> lengths =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 300), Arbitraries.integers().between(990, 1_010));
    Arbitrary<String> repeated =
        Combinators.combine(lengths, Arbitraries.of("a", "?", "é", "€", "😀", "a😀", "\uFFFD"))
            .as((length, part) -> "x".repeat(length % 2) + part.repeat(length));
    return Arbitraries.oneOf(repeated, Arbitraries.strings().ascii().ofMaxLength(40));
  }

  @Provide
  Arbitrary<String> halves() {
    return Arbitraries.of("\uD800", "\uDBFF", "\uDC00", "\uDFFF", "\uDC00\uD800");
  }

  @Provide
  Arbitrary<byte[]> changedBytes() {
    Arbitrary<byte[]> encoded = texts().map(texts::encode);
    return Combinators.combine(
            encoded,
            Arbitraries.integers().between(0, 40),
            Arbitraries.bytes(),
            Arbitraries.integers().between(-1, 1))
        .as(
            (bytes, index, value, growth) -> {
              byte[] changed = Arrays.copyOf(bytes, Math.max(1, bytes.length + growth));
              changed[index % changed.length] = value;
              return changed;
            });
  }
}
