package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one incarnation in the current view.
 *
 * <p>Threading: confined to its replica.
 */
final class Peer {

  final UUID incarnation;
  Hosting hosting = Hosting.UNKNOWN;
  @Nullable UUID replicaId;

  /**
   * What it has seen at least: M. Kept by incarnation, because a reader has no origin, and only
   * from digests and transfers of the current view.
   */
  @Nullable VersionVector acknowledged;

  /** What it last reported in this view. */
  @Nullable Report report;

  /** Time of its own newest write that was on its way when it last reported. */
  long awaitedTime;

  /** Hash of the vector at which its contents differed the last time, or zero. */
  long divergedAtHash;

  int repairs;
  long nextRepairNanos;

  Peer(UUID incarnation) {
    this.incarnation = incarnation;
  }

  /** How its last report compares with what is held here now. */
  Agreement agreement(long vectorHash, Fingerprint lasting) {
    Report last = report;
    if (last == null) {
      return Agreement.UNKNOWN;
    }
    if (last.vectorHash() != vectorHash) {
      return Agreement.EXCHANGING;
    }
    return last.lasting().equals(lasting) ? Agreement.IN_SYNC : Agreement.DIVERGED;
  }

  ReplicaStatus.PeerStatus status(Agreement agreement, Clocks clocks, Now now) {
    Report last = report;
    return new ReplicaStatus.PeerStatus(
        incarnation,
        agreement,
        last == null ? null : now.monotonicNanos() - last.atNanos(),
        clocks.offsetMillis(incarnation, now));
  }

  /** What a peer said it has seen and holds, and when it was heard. */
  record Report(long vectorHash, Fingerprint lasting, long atNanos) {}

  /** Whether a node has a replica of the map. */
  enum Hosting {
    UNKNOWN,
    YES,
    NO
  }
}
