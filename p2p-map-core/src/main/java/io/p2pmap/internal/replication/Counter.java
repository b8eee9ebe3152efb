package io.p2pmap.internal.replication;

/** What a replica counts. */
public enum Counter {
  /** Local writes. */
  PUTS("puts"),
  /** Local removals. */
  REMOVES("removes"),
  /** Entries of other nodes that were stored here. */
  APPLIED("applied"),
  /** Entries of other nodes that lost against a newer one here. */
  CONFLICTS_LOST("conflicts-lost"),
  /** Batches that were sent. */
  BATCHES_SENT("batches-sent"),
  /** Batches that arrived after a gap. */
  GAPS("gaps"),
  /** Batches that were kept until their gap was closed. */
  EARLY_BATCHES("early-batches"),
  /** Times the unsent writes outgrew their limit, and the peers had to pull. */
  OUTBOX_OVERFLOWS("outbox-overflows"),
  /** Digests that were sent. */
  DIGESTS_SENT("digests-sent"),
  /** Transfers of missing entries that were sent. */
  DELTAS_SENT("deltas-sent"),
  /** Transfers of everything that were sent. */
  FULL_STATES_SENT("full-states-sent"),
  /** Transfers that were applied. */
  TRANSFERS_APPLIED("transfers-applied"),
  /** Transfers that did not fit any more, or failed their check. */
  TRANSFERS_REFUSED("transfers-refused"),
  /** Entries older than a removal that was forgotten here, written again under a new stamp. */
  ADOPTED("adopted"),
  /** Expired entries that arrived too late to matter. */
  LATE_IGNORED("late-ignored"),
  /** Tombstones that left. */
  TOMBSTONES_COLLECTED("tombstones-collected"),
  /** Expired entries that left. */
  EXPIRED_COLLECTED("expired-collected"),
  /** Times this node found its own origin in other hands and took a new one. */
  ROTATIONS("rotations"),
  /** Digests with the same writes seen but different contents; must stay zero. */
  DIVERGENCES("divergences"),
  /** Repairs that were sent. */
  REPAIRS_SENT("repairs-sent");

  private final String label;

  Counter(String label) {
    this.label = label;
  }

  /** Its name for people and meters, in lower case with hyphens. */
  public String label() {
    return label;
  }
}
