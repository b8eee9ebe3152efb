package io.p2pmap.internal.crdt;

import java.util.UUID;

/**
 * Identifies one write: hybrid time and the origin that issued it. Ordered by time, then origin.
 *
 * @param time hybrid time, unique per origin
 * @param origin random identifier that a node takes at its first write after each start (B6)
 */
public record Stamp(long time, UUID origin) implements Comparable<Stamp> {

  @Override
  public int compareTo(Stamp other) {
    return time != other.time ? Long.compare(time, other.time) : origin.compareTo(other.origin);
  }
}
