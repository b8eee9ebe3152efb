package io.p2pmap.internal.storage.log;

import java.nio.ByteBuffer;

/**
 * Encodes frames one behind the other, as they will stand in a file.
 *
 * <p>Threading: one thread at a time.
 */
final class FrameEncoder {

  private static final int MIN_CAPACITY_BYTES = 16 * 1024;
  private static final int MAX_KEPT_CAPACITY_BYTES = 8 * 1024 * 1024;

  private final Frame.Checksum checksum = new Frame.Checksum();
  private final byte[] number = new byte[Long.BYTES];
  private ByteBuffer buffer = ByteBuffer.allocateDirect(MIN_CAPACITY_BYTES);
  private long fileNumber;
  private long startOffset;

  /** Forgets all frames; the next one will stand at {@code offset} of the file. */
  FrameEncoder begin(long fileNumber, long offset) {
    this.fileNumber = fileNumber;
    this.startOffset = offset;
    if (buffer.capacity() > MAX_KEPT_CAPACITY_BYTES) {
      buffer = ByteBuffer.allocateDirect(MIN_CAPACITY_BYTES);
    }
    buffer.clear();
    return this;
  }

  FrameEncoder add(byte type, byte[] payload) {
    ensureRoom(Frame.HEADER_BYTES + payload.length);
    int crc = checksum.of(fileNumber, startOffset + buffer.position(), type, payload);
    buffer.putInt(Frame.MAGIC).putInt(payload.length).putInt(crc).put(type).put(payload);
    return this;
  }

  FrameEncoder addNumber(byte type, long value) {
    ByteBuffer.wrap(number).putLong(value);
    return add(type, number);
  }

  int bytes() {
    return buffer.position();
  }

  /** The frames, to be written; {@link #begin} must follow. */
  ByteBuffer encoded() {
    return buffer.flip();
  }

  private void ensureRoom(int bytes) {
    if (buffer.remaining() < bytes) {
      int capacity = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
      buffer = ByteBuffer.allocateDirect(capacity).put(buffer.flip());
    }
  }
}
