package io.p2pmap.discovery;

import java.util.HashMap;
import java.util.Map;

/**
 * Tells entries whose node lives from those that were left behind: the beat of the latter does not
 * change any more. Only this process's clock measures for how long, so no two clocks have to agree.
 *
 * <p>Threading: one thread.
 */
final class Sightings {

  private record Sighting(long beat, long sinceNanos) {}

  private final long lifetimeNanos;
  private final Map<String, Sighting> sightings = new HashMap<>();

  Sightings(long lifetimeNanos) {
    this.lifetimeNanos = lifetimeNanos;
  }

  /** Takes the entries there are now, and returns those that have not changed for a lifetime. */
  Map<String, Long> leftBehind(Map<String, Long> entries, long nowNanos) {
    sightings.keySet().retainAll(entries.keySet());
    Map<String, Long> leftBehind = new HashMap<>();
    entries.forEach(
        (address, beat) -> {
          Sighting sighting = sightings.get(address);
          if (sighting == null || sighting.beat() != beat) {
            sightings.put(address, new Sighting(beat, nowNanos));
          } else if (nowNanos - sighting.sinceNanos() > lifetimeNanos) {
            leftBehind.put(address, beat);
          }
        });
    return leftBehind;
  }
}
