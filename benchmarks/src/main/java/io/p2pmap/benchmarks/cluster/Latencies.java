package io.p2pmap.benchmarks.cluster;

import java.util.Arrays;

/** Durations of single calls in nanoseconds. Threading: one thread. */
final class Latencies {

  private final long[] nanos;
  private int count;

  Latencies(int capacity) {
    nanos = new long[capacity];
  }

  void add(long duration) {
    nanos[count++] = duration;
  }

  void sort() {
    Arrays.sort(nanos, 0, count);
  }

  /** Requires {@link #sort}. */
  long at(double quantile) {
    return count == 0 ? 0 : nanos[(int) Math.min(count - 1, quantile * count)];
  }
}
