package io.p2pmap.internal.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of every file.
 *
 * @param number the file's; 0 for the watermark
 * @param previous of a log: number of the log that it continues, or of the snapshot if there was no
 *     log since; 0 is the empty map
 * @param previousLength of a log: final length of the log that it continues; {@link
 *     #AFTER_SNAPSHOT} if it continues a snapshot
 */
record FileHeader(Kind kind, long number, long previous, long previousLength) {

  static final int BYTES = 64;
  static final int VERSION = 1;
  static final long AFTER_SNAPSHOT = -1;

  private static final long MAGIC = 0x5032504d53544f52L; // "P2PMSTOR"
  private static final int CHECKSUM_AT = 40;

  /** What a file holds. The position is on disk. */
  enum Kind {
    WATERMARK,
    LOG,
    SNAPSHOT
  }

  /** The header of a file, as far as it can be read. */
  record Read(@Nullable FileHeader header, int version) {

    /** Whether a later version of this library wrote the file. */
    boolean isFromTheFuture() {
      return version > VERSION;
    }
  }

  static FileHeader watermark() {
    return new FileHeader(Kind.WATERMARK, 0, 0, 0);
  }

  static FileHeader snapshot(long number) {
    return new FileHeader(Kind.SNAPSHOT, number, 0, 0);
  }

  /** Header of log {@code number}, which begins where {@code link} ends. */
  static FileHeader log(long number, Link link) {
    return new FileHeader(Kind.LOG, number, link.number(), link.length());
  }

  boolean isAfterSnapshot() {
    return previousLength == AFTER_SNAPSHOT;
  }

  ByteBuffer encode() {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(MAGIC)
            .putShort((short) VERSION)
            .put((byte) kind.ordinal())
            .position(16)
            .putLong(number)
            .putLong(previous)
            .putLong(previousLength);
    return bytes.putInt(CHECKSUM_AT, checksum(bytes)).rewind();
  }

  /** Reads the header of a file that should be of this kind and number. */
  static Read read(DiskFile file, Kind kind, long number) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    file.read(bytes, 0);
    if (bytes.hasRemaining()
        || bytes.getLong(0) != MAGIC
        || bytes.getInt(CHECKSUM_AT) != checksum(bytes)) {
      return new Read(null, 0);
    }
    int version = bytes.getShort(8) & 0xffff;
    boolean isExpected =
        version == VERSION && bytes.get(10) == kind.ordinal() && bytes.getLong(16) == number;
    return new Read(
        isExpected ? new FileHeader(kind, number, bytes.getLong(24), bytes.getLong(32)) : null,
        version);
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, CHECKSUM_AT);
    crc.update(bytes.array(), CHECKSUM_AT + Integer.BYTES, BYTES - CHECKSUM_AT - Integer.BYTES);
    return (int) crc.getValue();
  }

  /**
   * Where a log ends, or a snapshot, and the next log goes on.
   *
   * @param length of the log; {@link #AFTER_SNAPSHOT} for a snapshot
   */
  record Link(long number, long length) {

    /** The empty map. */
    static Link beginning() {
      return snapshot(0);
    }

    static Link snapshot(long number) {
      return new Link(number, AFTER_SNAPSHOT);
    }
  }
}
