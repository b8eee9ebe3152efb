package io.p2pmap.internal.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Identifies a key that this node can't decode: kept and passed on, but invisible to readers. */
record OpaqueKey(byte[] bytes) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpaqueKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "undecodable key of %d bytes".formatted(bytes.length);
  }
}
