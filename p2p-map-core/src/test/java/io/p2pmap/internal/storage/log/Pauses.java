package io.p2pmap.internal.storage.log;

import java.time.Duration;
import java.util.Arrays;

/** How long calls took. Threading: one thread at a time. */
public final class Pauses {

  private long[] nanos = new long[1024];
  private int count;

  /** Adds the nanoseconds of one call. */
  public void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  /** {@code share} of the calls took no longer. */
  public Duration percentile(double share) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[(int) Math.min(count - 1L, Math.round(share * count))]);
  }

  private long micros(double share) {
    return percentile(share).toNanos() / 1_000;
  }

  @Override
  public String toString() {
    return "%d calls, p50 %d us, p99 %d us, p99.9 %d us, max %d us"
        .formatted(count, micros(0.5), micros(0.99), micros(0.999), micros(1));
  }
}
