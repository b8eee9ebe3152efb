package io.p2pmap.cluster;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many transfers each pair of nodes has exchanged, in both directions.
 *
 * @param counts by pair, such as {@code a-b}
 */
record PairTransfers(Map<String, Long> counts) {

  /** Asks {@code nodes} what they have sent since they were asked for the first time. */
  static PairTransfers of(Collection<NodeProcess> nodes) {
    Map<String, Long> counts = new TreeMap<>();
    for (NodeProcess node : nodes) {
      for (String sent : node.call("transfers").texts()) {
        String[] parts = sent.split("=", 2);
        counts.merge(pair(node.name(), parts[0]), Long.parseLong(parts[1]), Long::sum);
      }
    }
    return new PairTransfers(counts);
  }

  private static String pair(String one, String other) {
    return one.compareTo(other) < 0 ? one + "-" + other : other + "-" + one;
  }

  /** What was exchanged since {@code earlier}. */
  PairTransfers since(PairTransfers earlier) {
    Map<String, Long> difference = new TreeMap<>(counts);
    earlier.counts.forEach((pair, count) -> difference.merge(pair, -count, Long::sum));
    difference.values().removeIf(count -> count == 0);
    return new PairTransfers(difference);
  }

  long sum() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The most of any pair. */
  long most() {
    return counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
