package io.p2pmap.internal.storage.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of a file, which grow as needed. Threading: one thread at a time. */
final class Content {

  private byte[] bytes;
  private int length;

  private Content(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  static Content empty() {
    return new Content(new byte[0], 0);
  }

  static Content of(byte[] bytes) {
    return new Content(bytes.clone(), bytes.length);
  }

  Content copy() {
    return new Content(toBytes(), length);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  int length() {
    return length;
  }

  void read(ByteBuffer target, int position) {
    int count = Math.min(target.remaining(), Math.max(0, length - position));
    target.put(bytes, Math.min(position, length), count);
  }

  /** Writes the first {@code count} bytes; a gap behind the end becomes zeros. */
  void write(byte[] source, int count, int position) {
    extend(position + count);
    System.arraycopy(source, 0, bytes, position, count);
  }

  void extend(int newLength) {
    if (newLength > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(newLength, 2 * bytes.length));
    }
    length = Math.max(length, newLength);
  }

  void truncate(int newLength) {
    if (newLength < length) {
      Arrays.fill(bytes, newLength, length, (byte) 0);
      length = newLength;
    }
  }
}
