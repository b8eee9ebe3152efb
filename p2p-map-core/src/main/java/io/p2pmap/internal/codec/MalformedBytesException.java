package io.p2pmap.internal.codec;

import org.jspecify.annotations.Nullable;

/** Bytes from elsewhere are not what they should be; says where and why. */
public final class MalformedBytesException extends RuntimeException {

  private final int position;

  MalformedBytesException(int position, String reason, @Nullable Throwable cause) {
    super("Malformed at byte %d: %s".formatted(position, reason), cause);
    this.position = position;
  }

  /** Bytes that were read, but say what can't be. */
  public MalformedBytesException(String reason) {
    super("Malformed: " + reason);
    this.position = 0;
  }

  /** Index of the byte at which reading stopped. */
  public int position() {
    return position;
  }
}
