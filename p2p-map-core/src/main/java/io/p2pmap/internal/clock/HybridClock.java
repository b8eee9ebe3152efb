package io.p2pmap.internal.clock;

/**
 * Issues strictly increasing hybrid times, each greater than every time it has witnessed; never
 * waits, whatever the wall clock does (B15, B17).
 *
 * <p>Threading: confined to its replica.
 */
public final class HybridClock {

  private long last;

  /** Issues the next time. */
  public long next(long wallMillis) {
    last = Math.max(HybridTime.ofMillis(wallMillis), last + 1);
    return last;
  }

  /** Makes every later time greater than {@code time}. */
  public void witness(long time) {
    last = Math.max(last, time);
  }

  /** The greatest time issued or witnessed. */
  public long last() {
    return last;
  }
}
