package io.p2pmap;

/** How many of the nodes that host a map must have applied a write. This node counts as one. */
public enum Reach {
  /** More than half of the nodes that host the map now. */
  MAJORITY,
  /** All nodes that host the map now. */
  ALL
}
