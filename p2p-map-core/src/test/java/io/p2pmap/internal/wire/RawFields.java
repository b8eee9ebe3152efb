package io.p2pmap.internal.wire;

import io.p2pmap.internal.codec.ByteReader;
import io.p2pmap.internal.codec.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** The fields of a message as they are on the wire, to take a frame apart and put it together. */
final class RawFields {

  record Field(int number, byte[] contents) {}

  private RawFields() {}

  static List<Field> of(byte[] frame) {
    ByteReader in = new ByteReader(frame);
    in.skip(Frames.header(frame).payloadStart());
    return read(in);
  }

  static List<Field> read(ByteReader in) {
    List<Field> fields = new ArrayList<>();
    while (in.remaining() > 0) {
      fields.add(new Field(in.readVarInt(), in.readBytes(Integer.MAX_VALUE)));
    }
    return fields;
  }

  /** A frame with the header of {@code frame} and other fields. */
  static byte[] replace(byte[] frame, List<Field> fields) {
    FrameHeader.Known header = Frames.header(frame);
    ByteWriter out = new ByteWriter();
    FrameHeader.write(out, header.type(), header.mapName());
    write(out, fields);
    return out.toByteArray();
  }

  static void write(ByteWriter out, List<Field> fields) {
    for (Field field : fields) {
      out.writeVarInt(field.number());
      out.writeBytes(field.contents());
    }
  }
}
