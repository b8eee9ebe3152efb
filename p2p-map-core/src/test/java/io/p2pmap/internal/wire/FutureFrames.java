package io.p2pmap.internal.wire;

import io.p2pmap.internal.codec.ByteReader;
import io.p2pmap.internal.codec.ByteWriter;
import io.p2pmap.internal.wire.RawFields.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Frames as a later release of the same wire version may write them: fields in another order, with
 * unknown ones between them, and records of entries with unknown flags and more at their end.
 */
final class FutureFrames {

  private static final int CHUNK_HEADER = 13;
  private static final int UNKNOWN_FLAGS = 0xFC;

  private final Random random;

  FutureFrames(long seed) {
    random = new Random(seed);
  }

  byte[] extend(byte[] frame) {
    boolean isChunk = Frames.header(frame).type() == MessageType.CHUNK;
    return RawFields.replace(frame, extend(RawFields.of(frame), isChunk));
  }

  private List<Field> extend(List<Field> fields, boolean isChunk) {
    List<Field> extended = new ArrayList<>();
    for (Field field : fields) {
      extended.add(new Field(field.number(), extend(field, isChunk)));
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      extended.add(new Field(100 + random.nextInt(1_000_000), garbage()));
    }
    Collections.shuffle(extended, random);
    return extended;
  }

  private byte[] extend(Field field, boolean isChunk) {
    ByteReader in = new ByteReader(field.contents());
    ByteWriter out = new ByteWriter();
    if (field.number() == FieldNumbers.ENTRIES) {
      extendEntries(in, out);
    } else if (isChunk && field.number() == CHUNK_HEADER) {
      RawFields.write(out, extend(RawFields.read(in), false));
    } else {
      out.writeRaw(field.contents());
    }
    return out.toByteArray();
  }

  private void extendEntries(ByteReader in, ByteWriter out) {
    out.writeLong(in.readLong());
    while (in.remaining() > 0) {
      int outerEnd = in.openRecord();
      int record = out.openRecord();
      out.writeByte(in.readUnsignedByte() | random.nextInt(256) & UNKNOWN_FLAGS);
      while (in.remaining() > 0) {
        out.writeByte(in.readUnsignedByte());
      }
      out.writeRaw(garbage());
      out.closeRecord(record);
      in.closeRecord(outerEnd);
    }
  }

  private byte[] garbage() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }
}
