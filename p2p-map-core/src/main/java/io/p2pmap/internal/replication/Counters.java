package io.p2pmap.internal.replication;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Monotonic counts of a replica.
 *
 * <p>Threading: confined to its replica; {@link #snapshot} under the same lock.
 */
public final class Counters {

  private final long[] counts = new long[Counter.values().length];

  void increment(Counter counter) {
    counts[counter.ordinal()]++;
  }

  /** The count of {@code counter}. */
  public long get(Counter counter) {
    return counts[counter.ordinal()];
  }

  /** Every count by its label. */
  public Map<String, Long> snapshot() {
    Map<String, Long> snapshot = new LinkedHashMap<>();
    for (Counter counter : Counter.values()) {
      snapshot.put(counter.label(), get(counter));
    }
    return snapshot;
  }
}
