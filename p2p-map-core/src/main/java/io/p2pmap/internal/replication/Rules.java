package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.HybridClock;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules that keep replicas honest, one method each. Each answers an attack that breaks the
 * natural algorithm; {@code docs/protocol.md} tells the schedule. Tests break them one at a time.
 */
class Rules {

  static final Rules STANDARD = new Rules();

  /** B1: a write that was seen or superseded is never applied again, whatever is stored. */
  boolean admits(Entry<?> entry, VersionVector seen) {
    return !seen.covers(entry);
  }

  /** B2: a batch never lowers what was seen. */
  void batchApplied(VersionVector seen, Message.Batch<?> batch) {
    seen.advance(batch.origin(), batch.lastTime());
  }

  /** B3: every known replica has seen the entry, and I have seen all that they have. */
  boolean mayCollect(Entry<?> entry, VersionVector seen, Collection<VersionVector> acknowledged) {
    return seen.covers(entry)
        && acknowledged.stream().allMatch(peer -> peer.covers(entry) && seen.covers(peer));
  }

  /**
   * B36: a replica that has just begun forgets nothing. There may be others that it has not met
   * yet, and every entry of theirs would be late here.
   */
  boolean mayForget(Duration age, ReplicaSettings settings) {
    return age.compareTo(settings.youth()) >= 0;
  }

  /** B4: whoever takes over what a peer has seen takes over what it has forgotten. */
  void inheritHorizon(VersionVector mine, VersionVector theirs) {
    mine.joinAll(theirs);
  }

  /** B35: whoever takes over contents waits for those who were waited for. */
  void inheritKnown(Peers peers, Message.Header header, long nowNanos) {
    peers.inherit(header.absences(), nowNanos);
  }

  /**
   * B5: an entry of a key that is absent here, older than something forgotten here, may have been
   * removed by just that; unless its sender knew all that was forgotten. The same if there is only
   * a removal that is as old: it may have come after a newer one was forgotten (rule j). Removals
   * themselves are kept: who holds what they killed may be somebody whom nobody here has met.
   */
  boolean isLate(
      Entry<?> entry,
      @Nullable Entry<?> local,
      VersionVector horizon,
      @Nullable VersionVector senderSeen) {
    long forgotten = horizon.max();
    return !entry.isTombstone()
        && entry.time() <= forgotten
        && (local == null || local.isTombstone() && local.time() <= forgotten)
        && (senderSeen == null || !senderSeen.covers(horizon));
  }

  /** B8: a delta starts from what its receiver had seen; it may have lost that since. */
  boolean fits(Message.Header delta, VersionVector seen) {
    return seen.covers(delta.since());
  }

  /** B9: the entries of a transfer are those of the instant at which its vector was taken. */
  <K> List<Entry<K>> capture(Collection<Entry<K>> entries) {
    return new ArrayList<>(entries);
  }

  /** B9: a transfer whose parts do not add up is not applied. */
  boolean isIntact(Message.Header header, Collection<? extends Entry<?>> entries) {
    Fingerprint actual = sum(entries);
    return actual.equals(header.contents())
        && entries.stream().allMatch(entry -> header.seen().covers(entry));
  }

  private static Fingerprint sum(Collection<? extends Entry<?>> entries) {
    long sum = 0;
    for (Entry<?> entry : entries) {
      sum += entry.fingerprint();
    }
    return new Fingerprint(sum, entries.size());
  }

  /** B10: a stamp is queued in the same instant in which it is taken. */
  <K> void enqueue(Outbox<K> outbox, Entry<K> entry) {
    outbox.add(entry);
  }

  /** Own writes are conflated inside one message only; see {@link Outbox}. */
  <K> Outbox<K> outbox(ReplicaSettings settings, Counters counters) {
    return new Outbox<>(settings.messageBytes(), settings.outboxBytes(), counters);
  }

  /** B13: what only one side holds survives if nothing forgotten can have killed it. */
  boolean survivesRepair(Entry<?> onlyOneSide, long forgottenTime) {
    return onlyOneSide.time() > forgottenTime;
  }

  /** B15: every local stamp is greater than any that was heard of. */
  void witness(HybridClock clock, long time) {
    clock.witness(time);
  }

  /** B22: a batch is applied whole and without a gap, or not at all. */
  boolean hasGap(Message.Batch<?> batch, VersionVector seen) {
    return seen.get(batch.origin()) < batch.previousTime();
  }

  /** B32: whatever is forgotten or ignored that might hide an older entry moves the horizon. */
  void forgotten(Entry<?> entry, VersionVector horizon) {
    if (entry.isTombstone() || entry.expires()) {
      horizon.advance(entry.origin(), entry.time());
    }
  }

  /** B33: the sender had seen {@code local} and holds an older entry, so it forgot a removal. */
  boolean wasRemovedThere(Entry<?> local, Entry<?> theirs, VersionVector senderSeen) {
    return local.stamp().compareTo(theirs.stamp()) > 0 && senderSeen.covers(local);
  }

  /**
   * Whether the sender of a full state says nothing of {@code mine}. A removal that is as old as
   * something forgotten there says nothing of a newer value either (rule j).
   */
  boolean isAbsent(Entry<?> mine, @Nullable Entry<?> theirs, long forgottenTime) {
    return theirs == null
        || (theirs.isTombstone() && theirs.time() <= forgottenTime && !mine.isTombstone());
  }

  /** B34: only incarnations of the current view are listened to, also when held-back work runs. */
  boolean isListenedTo(UUID sender, Set<UUID> members) {
    return members.contains(sender);
  }

  /** B7: another process writes under my origin. */
  boolean isCloned(@Nullable UUID mine, @Nullable UUID theirs, long theirTime, long myTime) {
    return mine != null && (mine.equals(theirs) || theirTime > myTime);
  }

  /** Equal digests prove that the peer has seen what I have seen at this instant. */
  @Nullable VersionVector acknowledgedByEqualDigest(VersionVector seen) {
    return seen.copy();
  }

  /** What a peer acknowledged in an earlier view says nothing about its present incarnation. */
  @Nullable VersionVector acknowledgedAfterViewChange(@Nullable VersionVector before) {
    return null;
  }

  /** Parts of a transfer are applied together, after the last one. */
  boolean appliesPartsEarly() {
    return false;
  }

  /** A late entry whose expiry has passed on a confirmed clock is gone for good. */
  boolean isGone(Entry<?> late, long wallMillis, boolean clockConfirmed) {
    return late.expires() && clockConfirmed && late.expiresAtMillis() <= wallMillis;
  }

  /** An expired entry may leave only when no good clock can still show it. */
  boolean isLongExpired(
      Entry<?> entry, long wallMillis, long maxDriftMillis, boolean clockConfirmed) {
    return clockConfirmed && entry.expiresAtMillis() + 2 * maxDriftMillis < wallMillis;
  }
}
