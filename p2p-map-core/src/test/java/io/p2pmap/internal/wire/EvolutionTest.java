package io.p2pmap.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmap.internal.codec.ByteWriter;
import io.p2pmap.internal.codec.MalformedBytesException;
import io.p2pmap.internal.replication.Message;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvolutionTest {

  @Property(tries = 2000)
  void whatALaterReleaseAddsIsSkipped(@ForAll long seed) {
    Message<String> message = new RandomMessages(seed).next();
    byte[] extended = new FutureFrames(seed).extend(Frames.encode("m", message));
    Frames.assertSame(Frames.decode(extended), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 200, 255})
  void anUnknownMessageTypeIsToldAndNotMalformed(int typeCode) {
    byte[] frame = frame();
    frame[3] = (byte) typeCode;
    assertThat(FrameHeader.read(frame)).isEqualTo(new FrameHeader.Unknown(1, typeCode));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 255})
  void aVersionOutsideOfTheWindowIsToldWhateverFollows(int version) {
    byte[] start = {'P', '2', (byte) version};
    assertThat(FrameHeader.read(start)).isEqualTo(new FrameHeader.Unknown(version, 0));
  }

  @Test
  void theVersionThatIsWrittenIsInTheWindow() {
    assertThat(WireVersion.isReadable(WireVersion.CURRENT)).isTrue();
    assertThat(WireVersion.isReadable(WireVersion.MIN)).isTrue();
    assertThat(WireVersion.isReadable(WireVersion.MAX)).isTrue();
  }

  @Test
  void aFieldThatIsThereTwiceIsMalformed() {
    ByteWriter out = new ByteWriter();
    out.writeRaw(frame());
    for (int i = 0; i < 2; i++) {
      out.writeVarInt(FieldNumbers.MAX);
      out.writeBytes(new byte[3]);
    }
    assertMalformed(out.toByteArray(), "field 18 twice");
  }

  @Test
  void aMissingFieldIsMalformed() {
    byte[] frame = frame();
    frame[3] = (byte) MessageType.SLOT.code();
    assertMalformed(frame, "no field 10");
  }

  @Test
  void aFieldLongerThanItsValueIsMalformed() {
    ByteWriter out = new ByteWriter();
    FrameHeader.write(out, MessageType.CHUNK_RECEIVED, "m");
    out.writeVarInt(10);
    out.writeBytes(new byte[9]);
    assertMalformed(out.toByteArray(), "1 bytes too many in field 10");
  }

  @Test
  void anythingElseThanAFrameIsMalformed() {
    assertThatThrownBy(() -> FrameHeader.read(new byte[] {'P', '3', 1, 1}))
        .isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> FrameHeader.read(new byte[0]))
        .isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> FrameHeader.read(new byte[WireLimits.MAX_FRAME_BYTES + 1]))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("frame of 16777217 bytes");
  }

  private static byte[] frame() {
    return Frames.encode("m", new Message.NotHosted<>());
  }

  private static void assertMalformed(byte[] frame, String reason) {
    assertThatThrownBy(() -> Frames.decode(frame))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining(reason);
  }
}
