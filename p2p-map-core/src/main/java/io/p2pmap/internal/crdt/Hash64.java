package io.p2pmap.internal.crdt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * 64-bit hashes that are equal on every node; not meant to withstand an adversary. Mixing follows
 * the finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
 */
public final class Hash64 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEED = 0x9E3779B97F4A7C15L;

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
    for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      hash = combine(hash, (long) LONGS.get(bytes, i));
    }
    long tail = 0;
    for (; i < bytes.length; i++) {
      tail = tail << Byte.SIZE | (bytes[i] & 0xFF);
    }
    return combine(hash, tail);
  }

  static long of(UUID id) {
    return combine(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }
}
