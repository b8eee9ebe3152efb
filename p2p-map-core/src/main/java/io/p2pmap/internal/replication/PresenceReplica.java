package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.HybridClock;
import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Stamp;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message.Digest;
import io.p2pmap.internal.replication.Message.Intent;
import io.p2pmap.internal.replication.Message.NotHosted;
import io.p2pmap.internal.replication.Message.Slot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A replica of a presence map (B14). Every node owns one slot, which it sends whole with a growing
 * sequence number; a slot is accepted only while its owner is in the view, and leaves with it. The
 * visible value of a key is the newest over all slots. There are no tombstones and nothing to
 * resurrect. The vector of its digests says which slots it holds: owner to sequence number.
 */
public final class PresenceReplica<K> implements Replica<K> {

  private final Identity identity;
  private final Slots<K> slots;
  private final Peers peers;
  private final Clocks clocks;
  private final Schedule schedule;
  private final Counters counters = new Counters();
  private final HybridClock clock = new HybridClock();
  private boolean isUnsent;
  private boolean isCaughtUp;

  /** Creates an empty replica; see {@link ConvergentReplica}. */
  public PresenceReplica(
      Identity identity, ReplicaSettings settings, Map<K, Entry<K>> live, Now now) {
    this(identity, settings, live, now, SlotRules.STANDARD);
  }

  PresenceReplica(
      Identity identity,
      ReplicaSettings settings,
      Map<K, Entry<K>> live,
      Now now,
      SlotRules rules) {
    this.identity = identity;
    this.slots =
        new Slots<>(identity.incarnation(), identity.nodeName(), new Contents<>(live, null), rules);
    this.peers = new Peers(identity.replicaId(), Rules.STANDARD);
    this.clocks = new Clocks(settings.maxClockDrift());
    this.schedule = new Schedule(identity.incarnation(), settings, now.monotonicNanos());
  }

  @Override
  public Effects<K> write(List<Draft<K>> drafts, Now now) {
    Turn<K> turn = new Turn<>(now);
    for (Draft<K> draft : drafts) {
      counters.increment(draft.isRemoval() ? Counter.REMOVES : Counter.PUTS);
      slots.writeOwn(stamped(draft, now), turn);
      isUnsent = true;
    }
    return turn.effects(null);
  }

  private Entry<K> stamped(Draft<K> draft, Now now) {
    return new Entry<>(
        draft.key(),
        draft.keyBytes(),
        draft.valueBytes(),
        clock.next(now.wallMillis()),
        identity.incarnation(),
        draft.expiresAtMillis());
  }

  @Override
  public Effects<K> receive(UUID sender, Message<K> message, Now now) {
    Turn<K> turn = new Turn<>(now);
    Peer peer = peers.get(sender);
    if (peer != null) {
      clock.witness(message.latestTime());
      dispatch(peer, message, turn);
      isCaughtUp = isCaughtUp || peers.allCoveredBy(this::hasSlotsOf);
    }
    return turn.effects(null);
  }

  private void dispatch(Peer peer, Message<K> message, Turn<K> turn) {
    if (message instanceof Slot<K> slot) {
      isUnsent |= slots.outbid(slot);
      if (slots.accept(slot, peers.members(), turn)) {
        counters.increment(Counter.APPLIED);
      }
    } else if (message instanceof Digest<K> digest) {
      digest(peer, digest, turn);
    } else if (message instanceof NotHosted<K>) {
      peers.hostsNot(peer, turn.now().monotonicNanos());
    } // anything else comes from a node that declares this map no presence map
  }

  private boolean hasSlotsOf(VersionVector theirs) {
    return !slots.lacks(theirs, peers.members());
  }

  private void digest(Peer peer, Digest<K> digest, Turn<K> turn) {
    peers.reported(peer, digest, turn.now().monotonicNanos());
    clocks.heard(peer.incarnation, digest.wallMillis(), turn.now());
    VersionVector mine = slots.sequences();
    VersionVector theirs = digest.vector();
    if (digest.vectorHash() == mine.hash()) {
      peer.acknowledged = mine.copy();
      if (digest.intent() == Intent.PROBE) {
        tell(peer.incarnation, Intent.ANSWER, turn);
      }
    } else if (theirs == null) {
      tell(peer.incarnation, Intent.VECTOR, turn);
    } else {
      peer.acknowledged = theirs;
      otherSlots(peer, digest, theirs, turn);
    }
  }

  private void otherSlots(Peer peer, Digest<K> digest, VersionVector theirs, Turn<K> turn) {
    if (digest.intent() != Intent.ANSWER) {
      slots.newerThan(theirs).forEach(slot -> turn.unicast(peer.incarnation, named(slot)));
    }
    if (digest.intent() == Intent.VECTOR && slots.lacks(theirs, peers.members())) {
      tell(peer.incarnation, Intent.REQUEST, turn);
    }
  }

  private Slot<K> named(Slots.Held<K> slot) {
    return new Slot<>(
        slot.owner(), slot.writer(), slot.sequence(), List.copyOf(slot.entries().values()));
  }

  private void tell(UUID receiver, Intent intent, Turn<K> turn) {
    counters.increment(Counter.DIGESTS_SENT);
    turn.unicast(receiver, digest(intent, slots.sequences().copy(), turn));
  }

  private void report(Intent intent, Turn<K> turn) {
    if (!peers.isAlone()) {
      counters.increment(Counter.DIGESTS_SENT);
      turn.multicast(digest(intent, null, turn));
    }
  }

  private Digest<K> digest(Intent intent, @Nullable VersionVector vector, Turn<K> turn) {
    return new Digest<>(
        intent,
        identity.replicaId(),
        null,
        slots.sequences().hash(),
        vector,
        slots.contents().lasting(),
        slots.contents().expiring(),
        clock.last(),
        turn.now().wallMillis());
  }

  @Override
  public Effects<K> membersChanged(Collection<UUID> others, Now now) {
    Turn<K> turn = new Turn<>(now);
    boolean hasNew = others.stream().anyMatch(other -> peers.get(other) == null);
    for (Peer gone : peers.membersChanged(others, now.monotonicNanos())) {
      clocks.forget(gone.incarnation);
    }
    slots.retain(peers.members(), turn);
    if (hasNew) {
      isUnsent |= slots.renewOwn();
      report(Intent.PROBE, turn);
    }
    return turn.effects(null);
  }

  @Override
  public Effects<K> tick(Now now) {
    Turn<K> turn = new Turn<>(now);
    slots.contents().followClock(turn);
    if (schedule.isScanDue(now.monotonicNanos())) {
      isUnsent |= slots.dropExpiredOwn(now.wallMillis(), turn);
    }
    if (schedule.isReportDue(now.monotonicNanos(), 1 + peers.members().size())) {
      report(Intent.REPORT, turn);
    }
    return turn.effects(null);
  }

  @Override
  public Effects<K> probe(Now now) {
    Turn<K> turn = new Turn<>(now);
    report(Intent.PROBE, turn);
    return turn.effects(null);
  }

  @Override
  public @Nullable Message<K> pollBatch() {
    if (!isUnsent) {
      return null;
    }
    isUnsent = false;
    counters.increment(Counter.BATCHES_SENT);
    return named(slots.own());
  }

  @Override
  public boolean hasUnsent() {
    return isUnsent;
  }

  @Override
  public long nextTickNanos(Now now) {
    return schedule.nextTickNanos(now, slots.contents().expiries().nextExpiryMillis());
  }

  @Override
  public @Nullable Entry<K> current(K key) {
    return slots.own().entries().get(key);
  }

  @Override
  public @Nullable Stamp lastWrite() {
    Slots.Held<K> own = slots.own();
    return own.sequence() == 0 ? null : new Stamp(own.sequence(), own.owner());
  }

  @Override
  public boolean hasSeen(Stamp write) {
    return slots.sequenceOf(write.origin()) >= write.time();
  }

  @Override
  public Reached reached(Stamp write) {
    return peers.reached(write);
  }

  @Override
  public boolean isCaughtUp() {
    return isCaughtUp;
  }

  @Override
  public boolean isAgreed() {
    return peers.allAgree(slots.sequences().hash(), slots.contents().lasting());
  }

  @Override
  public boolean isAlone() {
    return peers.isAlone();
  }

  @Override
  public int shownCount() {
    return slots.contents().shownCount();
  }

  @Override
  public ReplicaStatus status(Now now) {
    return new ReplicaStatus(
        slots.contents().shownCount(),
        0,
        slots.contents().lasting(),
        isCaughtUp,
        clocks.isConfirmed(now),
        unsent(),
        peers.status(slots.sequences().hash(), slots.contents().lasting(), clocks, now),
        counters.snapshot());
  }

  /** A slot leaves whole. */
  private ReplicaStatus.Unsent unsent() {
    Collection<Entry<K>> own = isUnsent ? slots.own().entries().values() : List.of();
    return new ReplicaStatus.Unsent(own.size(), own.stream().mapToLong(Entry::lengthBytes).sum());
  }

  @Override
  public Tombstones<K> tombstones(Now now) {
    return new Tombstones<>(List.of(), List.of(), Map.of());
  }

  @Override
  public String writer(UUID origin) {
    return slots.writer(origin);
  }

  @Override
  public void checkInvariants() {
    slots.checkInvariants();
  }
}
