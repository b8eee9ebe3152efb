package io.p2pmap.internal.wire;

import io.p2pmap.internal.codec.ByteReader;
import io.p2pmap.internal.codec.ByteWriter;
import io.p2pmap.internal.codec.MalformedBytesException;
import java.nio.charset.StandardCharsets;

/** The beginning of a frame: enough to tell which map it is for. */
public sealed interface FrameHeader {

  /** Version of the frame's layout. */
  int wireVersion();

  /**
   * A frame that can be read.
   *
   * @param mapName the map that the message is about
   * @param frame the whole frame, not to be changed
   * @param payloadStart index in {@code frame} of the message's first field
   */
  record Known(int wireVersion, MessageType type, String mapName, byte[] frame, int payloadStart)
      implements FrameHeader {}

  /**
   * A frame of a later release, to be counted and ignored.
   *
   * @param typeCode number of the message type, or 0 if the version is unknown and nothing more is
   */
  record Unknown(int wireVersion, int typeCode) implements FrameHeader {}

  /** First byte of every frame. */
  int MAGIC_1 = 'P';

  /** Second byte of every frame. */
  int MAGIC_2 = '2';

  /**
   * Reads the header of {@code frame}.
   *
   * @throws MalformedBytesException if this is no frame
   */
  static FrameHeader read(byte[] frame) {
    ByteReader in = new ByteReader(frame);
    if (frame.length > WireLimits.MAX_FRAME_BYTES) {
      throw in.malformed("frame of %d bytes".formatted(frame.length));
    }
    if (in.readUnsignedByte() != MAGIC_1 || in.readUnsignedByte() != MAGIC_2) {
      throw in.malformed("not a frame of p2p-map");
    }
    int version = in.readUnsignedByte();
    if (!WireVersion.isReadable(version)) {
      return new Unknown(version, 0);
    }
    int typeCode = in.readUnsignedByte();
    MessageType type = MessageType.ofCode(typeCode);
    if (type == null) {
      return new Unknown(version, typeCode);
    }
    String mapName = in.readString(WireLimits.MAX_MAP_NAME_BYTES);
    return new Known(version, type, mapName, frame, in.position());
  }

  /** Writes the header of a frame of the current version. */
  static void write(ByteWriter out, MessageType type, String mapName) {
    out.writeByte(MAGIC_1);
    out.writeByte(MAGIC_2);
    out.writeByte(WireVersion.CURRENT);
    out.writeByte(type.code());
    byte[] name = mapName.getBytes(StandardCharsets.UTF_8);
    WireLimits.check("bytes of a map's name", name.length, WireLimits.MAX_MAP_NAME_BYTES);
    out.writeBytes(name);
  }
}
