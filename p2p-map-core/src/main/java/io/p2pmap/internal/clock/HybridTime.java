package io.p2pmap.internal.clock;

/**
 * Hybrid logical time in a long: 48 bits of epoch milliseconds above a 16 bit counter (Kulkarni et
 * al., "Logical Physical Clocks", OPODIS 2014; the counter carries into the milliseconds).
 */
public final class HybridTime {

  private static final int COUNTER_BITS = 16;

  /** Wall clocks beyond this (the year 4199) are read as this, so that time can't overflow. */
  public static final long MAX_WALL_MILLIS = 1L << 46;

  /** Larger values are malformed; below it remain 2^61 ticks before a long overflows. */
  public static final long MAX = (1L << 62) + (1L << 61);

  /** Far more than all writes of a cluster, and far less than what is left below {@link #MAX}. */
  private static final long MARGIN = 1L << 60;

  private HybridTime() {}

  /** The smallest hybrid time of a wall clock reading; readings before 1970 count as 1970. */
  public static long ofMillis(long epochMillis) {
    return Math.max(0, Math.min(epochMillis, MAX_WALL_MILLIS)) << COUNTER_BITS;
  }

  /** The milliseconds part, as epoch milliseconds. */
  public static long epochMillis(long time) {
    return time >>> COUNTER_BITS;
  }

  /**
   * The greatest time to believe in a message that arrives at this wall clock reading: more than
   * any clock, however wrong, can give. It moves on faster than anybody can write. With a fixed
   * limit, a single message that names just that would leave no time for any later write.
   */
  public static long latestBelievable(long epochMillis) {
    return ofMillis(MAX_WALL_MILLIS) + MARGIN + Math.min(ofMillis(epochMillis), MARGIN);
  }

  /** Whether {@code time} can be the stamp of a write. */
  public static boolean isWellFormed(long time) {
    return time > 0 && time <= MAX;
  }
}
