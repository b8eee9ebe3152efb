package io.p2pmap.internal.transport.jgroups.admission;

import org.slf4j.event.Level;

/** Why two ends of a connection do not talk to each other, and what to do about it. */
enum Refusal {
  /** Nothing unusual where several applications run on one machine. */
  OTHER_CLUSTER(
      Level.INFO,
      "it belongs to another cluster; if it should not, give both nodes the same cluster name"),
  OTHER_VERSION(
      Level.WARN,
      "its version of this library can't be in one cluster with this one; update the older node"),
  OTHER_SECURITY(
      Level.WARN,
      "one of the two nodes is secured and the other is not; give both the same security settings"),
  NOT_TRUSTED(
      Level.WARN,
      "one of the two does not trust the other; nodes need the same shared secret, or certificates"
          + " of an authority that both trust"),
  /** Port scanners, and other programs in the port range. */
  NOT_OURS(Level.INFO, "it is no node of this library"),
  SILENT(Level.INFO, "it did not say in time who it is");

  private final Level level;
  private final String explanation;

  Refusal(Level level, String explanation) {
    this.level = level;
    this.explanation = explanation;
  }

  Level level() {
    return level;
  }

  String explanation() {
    return explanation;
  }
}
