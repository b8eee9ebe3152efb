package io.p2pmap.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteReaderTest {

  @Property
  void everyLongComesBackFromAVarint(@ForAll long value) {
    assertThat(reader(out -> out.writeVarLong(value)).readVarLong()).isEqualTo(value);
  }

  @Property
  void everyNonNegativeIntComesBackFromAVarint(@ForAll @IntRange int value) {
    assertThat(reader(out -> out.writeVarInt(value)).readVarInt()).isEqualTo(value);
  }

  @Property
  void everyIdentifierComesBack(@ForAll long high, @ForAll long low) {
    UUID id = new UUID(high, low);
    assertThat(reader(out -> out.writeUuid(id)).readUuid()).isEqualTo(id);
  }

  @Property
  void bytesComeBackAndNothingIsLeft(@ForAll @Size(max = 1000) byte[] bytes) {
    ByteReader in = reader(out -> out.writeBytes(bytes));
    assertThat(in.readBytes(1000)).isEqualTo(bytes);
    assertThat(in.remaining()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ä€😀", "line\nbreak\0"})
  void everyStringComesBack(String value) {
    assertThat(reader(out -> out.writeString(value)).readString(100)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 2_097_152})
  void aRecordOfAnyLengthIsSkippedToItsEnd(int lengthBytes) {
    ByteReader in =
        reader(
            out -> {
              int outer = out.openRecord();
              int inner = out.openRecord();
              out.writeRaw(new byte[lengthBytes]);
              out.closeRecord(inner);
              out.writeByte(1);
              out.closeRecord(outer);
              out.writeByte(2);
            });
    int afterOuter = in.openRecord();
    int afterInner = in.openRecord();
    assertThat(in.remaining()).isEqualTo(lengthBytes);
    in.closeRecord(afterInner);
    assertThat(in.readUnsignedByte()).isEqualTo(1);
    in.closeRecord(afterOuter);
    assertThat(in.readUnsignedByte()).isEqualTo(2);
  }

  @Test
  void nothingBeyondAnOpenRecordIsRead() {
    ByteReader in = new ByteReader(new byte[] {1, 5, 6});
    in.openRecord();
    in.readUnsignedByte();
    assertThatThrownBy(in::readUnsignedByte).isInstanceOf(MalformedBytesException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1 bytes needed",
    "80, 1 bytes needed",
    "ffffffff08, out of range",
    "ffffffffffffffffff01, out of range",
    "ffffffffffffffffff02, more than 64 bits",
    "ffffffffffffffffffff01, more than 64 bits"
  })
  void aWrongNumberIsMalformed(String hex, String reason) {
    ByteReader in = new ByteReader(HexFormat.of().parseHex(hex));
    assertThatThrownBy(in::readVarInt)
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "ffffffff07, over the limit",
    "65, over the limit",
    "64, bytes needed",
    "0261, bytes needed"
  })
  void anAnnouncedLengthThatIsNotThereIsMalformed(String hex, String reason) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> new ByteReader(bytes).readBytes(100))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> new ByteReader(bytes).readString(100))
        .isInstanceOf(MalformedBytesException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aSliceThatIsNotThereIsMalformed(int lengthBytes) {
    ByteReader in = new ByteReader(new byte[3]);
    assertThatThrownBy(() -> in.slice(lengthBytes)).isInstanceOf(MalformedBytesException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01ff", "02c080", "03eda080", "01c3"})
  void whatIsNotUtf8IsMalformedAndSaysWhere(String hex) {
    ByteReader in = new ByteReader(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> in.readString(100))
        .isInstanceOfSatisfying(
            MalformedBytesException.class, e -> assertThat(e.position()).isEqualTo(1))
        .hasMessage("Malformed at byte 1: not UTF-8");
  }

  @Test
  void aWriterIsUsedAgainWhateverItGrewTo() {
    ByteWriter out = new ByteWriter();
    out.writeRaw(new byte[3 << 20]);
    out.reset();
    out.writeByte(7);
    assertThat(out.toByteArray()).containsExactly(7);
  }

  @Test
  void aNegativeLengthIsNotWritten() {
    assertThatThrownBy(() -> new ByteWriter().writeVarInt(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ByteReader reader(Consumer<ByteWriter> contents) {
    ByteWriter out = new ByteWriter();
    contents.accept(out);
    return new ByteReader(out.toByteArray());
  }
}
