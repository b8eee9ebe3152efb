package io.p2pmap.internal.storage.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Layout of a frame: magic, length of the payload, checksum, type, payload. The checksum covers the
 * file's number and the frame's place in it, too, so that a stale or moved frame is none.
 */
final class Frame {

  static final int MAGIC = 0x70326d66; // "p2mf"
  static final int LENGTH_AT = 4;
  static final int CHECKSUM_AT = 8;
  static final int TYPE_AT = 12;
  static final int HEADER_BYTES = 13;

  /** A record of the map. */
  static final byte RECORD = 1;

  /** Length of this log that was on disk before the write that this frame begins. */
  static final byte MARK = 2;

  /** Last frame of a snapshot: number of its records. */
  static final byte END = 3;

  private Frame() {}

  /** Calculates checksums. Threading: one thread at a time. */
  static final class Checksum {

    private final CRC32C crc = new CRC32C();
    private final byte[] prefix = new byte[2 * Long.BYTES + Integer.BYTES + 1];
    private final ByteBuffer prefixBuffer = ByteBuffer.wrap(prefix);

    /** Begins with what stands for the frame's place. */
    private void begin(long fileNumber, long offset, int length, byte type) {
      prefixBuffer.clear().putLong(fileNumber).putLong(offset).putInt(length).put(type);
      crc.reset();
      crc.update(prefix);
    }

    int of(long fileNumber, long offset, byte type, byte[] payload) {
      begin(fileNumber, offset, payload.length, type);
      crc.update(payload);
      return (int) crc.getValue();
    }

    int of(long fileNumber, long offset, byte type, ByteBuffer payload) {
      begin(fileNumber, offset, payload.remaining(), type);
      crc.update(payload);
      return (int) crc.getValue();
    }
  }
}
