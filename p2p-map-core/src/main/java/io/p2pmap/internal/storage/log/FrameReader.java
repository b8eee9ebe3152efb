package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.MapStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the frames of one file up to the first bad byte, and beyond it if asked.
 *
 * <p>Threading: one thread at a time.
 */
final class FrameReader {

  private static final int WINDOW_BYTES = 1024 * 1024;

  private final DiskFile file;
  private final long number;
  private final long limit;
  private final Frame.Checksum checksum = new Frame.Checksum();
  private ByteBuffer window;
  private long windowStart;

  private long position;
  private byte type;
  private int payloadLength;

  /**
   * Reads from behind the file's header.
   *
   * @param number the file's
   * @param limit where to end at the latest
   */
  FrameReader(DiskFile file, long number, long limit) {
    this.file = file;
    this.number = number;
    this.limit = limit;
    this.position = FileHeader.BYTES;
    this.window = ByteBuffer.allocateDirect((int) Math.max(1, Math.min(WINDOW_BYTES, limit)));
    this.window.limit(0);
  }

  /** Goes on to the next frame; returns false, and stays, if there is no valid one. */
  boolean next() throws IOException {
    if (!isFrameAt(position)) {
      return false;
    }
    position += Frame.HEADER_BYTES + payloadLength;
    return true;
  }

  /** Goes on to the next valid frame, whatever stands before it; returns false if there is none. */
  boolean skipToNext() throws IOException {
    for (long at = position; isLoaded(at, Frame.HEADER_BYTES); at++) {
      if (isFrameAt(at)) {
        position = at + Frame.HEADER_BYTES + payloadLength;
        return true;
      }
    }
    return false;
  }

  /** Position behind the last byte that is not zero, or {@code from} if there is none behind it. */
  long endOfContent(long from) throws IOException {
    long end = from;
    for (long at = from; isLoaded(at, 1); at++) {
      if (window.get((int) (at - windowStart)) != 0) {
        end = at + 1;
      }
    }
    return end;
  }

  /** Position behind the last frame. */
  long position() {
    return position;
  }

  byte type() {
    return type;
  }

  /** Payload of the last frame. */
  byte[] payload() {
    byte[] payload = new byte[payloadLength];
    window.get((int) (position - payloadLength - windowStart), payload);
    return payload;
  }

  /** Payload of the last frame, which is a number; -1 if it isn't. */
  long payloadNumber() {
    return payloadLength == Long.BYTES
        ? window.getLong((int) (position - payloadLength - windowStart))
        : -1;
  }

  private boolean isFrameAt(long at) throws IOException {
    if (!isLoaded(at, Frame.HEADER_BYTES)) {
      return false;
    }
    int start = (int) (at - windowStart);
    int length = window.getInt(start + Frame.LENGTH_AT);
    if (window.getInt(start) != Frame.MAGIC
        || length < 0
        || length > MapStore.MAX_RECORD_BYTES
        || !isLoaded(at, Frame.HEADER_BYTES + length)) {
      return false;
    }
    start = (int) (at - windowStart);
    byte typeHere = window.get(start + Frame.TYPE_AT);
    ByteBuffer payload = window.slice(start + Frame.HEADER_BYTES, length);
    if (checksum.of(number, at, typeHere, payload) != window.getInt(start + Frame.CHECKSUM_AT)) {
      return false;
    }
    type = typeHere;
    payloadLength = length;
    return true;
  }

  private boolean isLoaded(long offset, int bytes) throws IOException {
    if (offset + bytes > limit) {
      return false;
    }
    if (offset < windowStart || offset + bytes > windowStart + window.limit()) {
      load(offset, bytes);
    }
    return true;
  }

  private void load(long offset, int bytes) throws IOException {
    if (window.capacity() < bytes) {
      window = ByteBuffer.allocateDirect(bytes);
    }
    window.clear().limit((int) Math.min(window.capacity(), limit - offset));
    file.read(window, offset);
    if (window.hasRemaining()) {
      throw new EOFException("It ends before byte %d".formatted(limit));
    }
    window.flip();
    windowStart = offset;
  }
}
