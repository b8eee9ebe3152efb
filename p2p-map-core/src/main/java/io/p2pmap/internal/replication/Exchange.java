package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message.Digest;
import io.p2pmap.internal.replication.Message.Intent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what peers have seen, and fetches what is missing here. Reports go to everybody by
 * hash; whoever differs answers with its vector; whoever is behind asks one peer at a time. An
 * exchange ends by itself: {@link Intent#VECTOR} is answered at most by {@link Intent#ANSWER} or a
 * {@link Intent#REQUEST}, and those only by a transfer.
 *
 * <p>Threading: confined to its replica.
 */
final class Exchange<K> {

  private static final int MAX_BACK_OFF_SHIFT = 6;

  private final ReplicaState<K> state;
  private final Peers peers;
  private final Clocks clocks;
  private final Transfers<K> transfers;
  private final Pull pull;

  Exchange(ReplicaState<K> state, Peers peers, Clocks clocks, Transfers<K> transfers) {
    this.state = state;
    this.peers = peers;
    this.clocks = clocks;
    this.transfers = transfers;
    this.pull = new Pull(state.settings.syncInterval());
  }

  /** Tells every other member what is held here, by hash. */
  void report(Intent intent, Turn<K> turn) {
    if (!peers.isAlone()) {
      state.counters.increment(Counter.DIGESTS_SENT);
      turn.multicast(digest(intent, null, turn));
    }
  }

  private void tell(UUID receiver, Intent intent, boolean withVector, Turn<K> turn) {
    state.counters.increment(Counter.DIGESTS_SENT);
    VersionVector vector = withVector ? state.seen.copy() : null;
    turn.unicast(receiver, digest(intent, vector, turn));
  }

  private Digest<K> digest(Intent intent, @Nullable VersionVector vector, Turn<K> turn) {
    return new Digest<>(
        intent,
        state.identity.replicaId(),
        state.origin(),
        state.seen.hash(),
        vector,
        state.contents.lasting(),
        state.contents.expiring(),
        state.clock.last(),
        turn.now().wallMillis());
  }

  /** Compares a peer's digest with what is held here, and answers. */
  void receive(Peer peer, Digest<K> digest, Turn<K> turn) {
    rotateIfCloned(digest, turn);
    peers.reported(peer, digest, turn.now().monotonicNanos());
    clocks.heard(peer.incarnation, digest.wallMillis(), turn.now());
    if (digest.vectorHash() == state.seen.hash()) {
      sameVector(peer, digest, turn);
    } else {
      otherVector(peer, digest, turn);
    }
  }

  private void rotateIfCloned(Digest<K> digest, Turn<K> turn) {
    UUID me = state.origin();
    long theirTime = me == null || digest.vector() == null ? 0 : digest.vector().get(me);
    long myTime = me == null ? 0 : state.seen.get(me);
    if (state.rules.isCloned(me, digest.origin(), theirTime, myTime)) {
      state.rotate(turn);
    }
  }

  private void sameVector(Peer peer, Digest<K> digest, Turn<K> turn) {
    VersionVector proof = state.rules.acknowledgedByEqualDigest(state.seen);
    peer.acknowledged = proof != null ? proof : peer.acknowledged;
    if (digest.lasting().equals(state.contents.lasting())) {
      peer.divergedAtHash = 0;
      peer.repairs = 0;
    } else {
      diverged(peer, turn);
    }
    pull.answered(peer.incarnation);
    if (digest.intent() == Intent.PROBE || digest.intent() == Intent.REQUEST) {
      tell(peer.incarnation, Intent.ANSWER, false, turn);
    }
  }

  /** Repairs at the second digest in a row that says so, with a growing pause (B13). */
  private void diverged(Peer peer, Turn<K> turn) {
    state.counters.increment(Counter.DIVERGENCES);
    long nowNanos = turn.now().monotonicNanos();
    boolean again = peer.divergedAtHash == state.seen.hash();
    peer.divergedAtHash = state.seen.hash();
    boolean isDue = peer.repairs == 0 || nowNanos - peer.nextRepairNanos >= 0;
    if (again && isDue && !transfers.isSending(peer.incarnation)) {
      int shift = Math.min(peer.repairs++, MAX_BACK_OFF_SHIFT);
      peer.nextRepairNanos = nowNanos + (state.settings.syncInterval().toNanos() << shift);
      transfers.sendRepair(peer.incarnation, turn);
    }
  }

  private void otherVector(Peer peer, Digest<K> digest, Turn<K> turn) {
    VersionVector theirs = digest.vector();
    if (theirs == null) {
      tell(peer.incarnation, Intent.VECTOR, true, turn);
      return;
    }
    peer.acknowledged = theirs;
    if (state.seen.covers(theirs)) {
      pull.answered(peer.incarnation);
    }
    boolean asked = requestIfBehind(peer, digest.origin(), theirs, turn);
    boolean peerIsBehind = !theirs.covers(state.seen);
    if (digest.intent() == Intent.REQUEST) {
      answerRequest(peer, theirs, peerIsBehind, turn);
    } else if (digest.intent() != Intent.ANSWER && peerIsBehind && !asked) {
      tell(peer.incarnation, Intent.ANSWER, true, turn);
    }
  }

  private void answerRequest(Peer peer, VersionVector theirs, boolean peerIsBehind, Turn<K> turn) {
    if (peerIsBehind) {
      transfers.sendMissing(peer.incarnation, theirs, turn);
    } else {
      tell(peer.incarnation, Intent.ANSWER, true, turn);
    }
  }

  private boolean requestIfBehind(
      Peer peer, @Nullable UUID origin, VersionVector theirs, Turn<K> turn) {
    return !state.seen.covers(theirs)
        && !isOnItsWay(peer, origin, theirs)
        && request(peer.incarnation, turn);
  }

  /**
   * Whether only the peer's own newest writes are missing, for the first time: then their batch is
   * on its way, and there is no order between it and the digest (B30).
   */
  private boolean isOnItsWay(Peer peer, @Nullable UUID origin, VersionVector theirs) {
    if (origin == null) {
      return false;
    }
    VersionVector withBatch = state.seen.copy();
    withBatch.advance(origin, theirs.get(origin));
    boolean isFirstTime = peer.awaitedTime <= state.seen.get(origin);
    peer.awaitedTime = theirs.get(origin);
    return isFirstTime && withBatch.covers(theirs) && state.seen.get(origin) > 0;
  }

  /** Asks {@code peer} for a transfer, unless one is under way; returns whether it did. */
  boolean request(UUID peer, Turn<K> turn) {
    long nowNanos = turn.now().monotonicNanos();
    if (pull.isUnderWay(nowNanos)) {
      return false;
    }
    pull.started(peer, nowNanos);
    tell(peer, Intent.REQUEST, true, turn);
    return true;
  }

  /** A transfer of {@code peer} was applied: it has seen at least that. */
  void applied(Peer peer, Message.Header header, Turn<K> turn) {
    peer.acknowledged = header.seen();
    pull.answered(peer.incarnation);
    fetchFromNext(turn);
  }

  /** A transfer of {@code peer} did not fit; the next digest tells what is missing. */
  void refused(UUID peer) {
    pull.answered(peer);
  }

  /** Part of a transfer arrived from {@code peer}. */
  void progressed(UUID peer, Turn<K> turn) {
    pull.progressed(peer, turn.now().monotonicNanos());
  }

  /** Asks the next peer that is known to have seen more. */
  private void fetchFromNext(Turn<K> turn) {
    for (Peer peer : peers.all()) {
      VersionVector theirs = peer.acknowledged;
      if (theirs != null && !state.seen.covers(theirs)) {
        request(peer.incarnation, turn);
        return;
      }
    }
  }

  void forget(UUID peer) {
    transfers.forget(peer);
    clocks.forget(peer);
    pull.answered(peer);
  }
}
