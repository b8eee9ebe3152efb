package io.p2pmap.internal.crdt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * 64-bit hashes that are equal on every node; not meant to withstand an adversary. Single numbers
 * are mixed by the finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), bytes 16 at a time by
 * the folded 128-bit product that wyhash (Wang Yi, 2019) uses.
 */
public final class Hash64 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final long SECRET = 0xA0761D6478BD642FL;

  private Hash64() {}

  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static long combine(long hash, long next) {
    return mix(hash * SEED + next);
  }

  /** Hash of all bytes, in order. */
  public static long of(byte[] bytes) {
    long hash = SEED ^ bytes.length;
    int i = 0;
    for (; i + 2 * Long.BYTES <= bytes.length; i += 2 * Long.BYTES) {
      hash = fold((long) LONGS.get(bytes, i) ^ SECRET, (long) LONGS.get(bytes, i + 8) ^ hash);
    }
    if (i + Long.BYTES <= bytes.length) {
      hash = fold((long) LONGS.get(bytes, i) ^ SECRET, hash ^ SEED);
      i += Long.BYTES;
    }
    long tail = 0;
    for (; i < bytes.length; i++) {
      tail = tail << Byte.SIZE | (bytes[i] & 0xFF);
    }
    return combine(hash, tail);
  }

  /** Both halves of the 128-bit product in one. */
  private static long fold(long a, long b) {
    return Math.multiplyHigh(a, b) ^ (a * b);
  }

  static long of(UUID id) {
    return combine(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }
}
