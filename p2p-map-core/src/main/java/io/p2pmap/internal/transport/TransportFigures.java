package io.p2pmap.internal.transport;

import java.util.Map;

/**
 * What a transport counts of its own work, by names of its own in lower case with hyphens.
 *
 * @param counters counts that only grow
 * @param levels numbers that go up and down
 */
public record TransportFigures(Map<String, Long> counters, Map<String, Long> levels) {

  /** Of a transport that counts nothing. */
  public static final TransportFigures NONE = new TransportFigures(Map.of(), Map.of());

  public TransportFigures {
    counters = Map.copyOf(counters);
    levels = Map.copyOf(levels);
  }
}
