package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Stamp;
import io.p2pmap.internal.replication.Message.Batch;
import io.p2pmap.internal.replication.Message.Chunk;
import io.p2pmap.internal.replication.Message.ChunkReceived;
import io.p2pmap.internal.replication.Message.Digest;
import io.p2pmap.internal.replication.Message.Intent;
import io.p2pmap.internal.replication.Message.NotHosted;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A replica whose contents are a function of the writes it has seen: last writer wins per key, a
 * version vector says what was seen, and equal vectors mean equal contents, which every digest
 * checks. {@code docs/protocol.md} is its specification.
 */
public final class ConvergentReplica<K> implements Replica<K> {

  private final ReplicaState<K> state;
  private final Peers peers;
  private final Clocks clocks;
  private final Merge<K> merge;
  private final EarlyBatches<K> early;
  private final Transfers<K> transfers;
  private final Exchange<K> exchange;
  private final Collector<K> collector;
  private final Schedule schedule;
  private boolean isCaughtUp;

  /**
   * Creates an empty replica.
   *
   * @param live gets the live entries; readers may read it if it is concurrent
   * @param ids gives fresh random identifiers
   */
  public ConvergentReplica(
      Identity identity,
      ReplicaSettings settings,
      Map<K, Entry<K>> live,
      Supplier<UUID> ids,
      Now now) {
    this(identity, settings, live, ids, now, Rules.STANDARD);
  }

  ConvergentReplica(
      Identity identity,
      ReplicaSettings settings,
      Map<K, Entry<K>> live,
      Supplier<UUID> ids,
      Now now,
      Rules rules) {
    this.state = new ReplicaState<>(identity, settings, live, ids, rules);
    this.peers = new Peers(identity.replicaId(), rules);
    this.clocks = new Clocks(settings.maxClockDrift());
    this.merge = new Merge<>(state, clocks);
    this.early = new EarlyBatches<>(state, merge);
    this.transfers = new Transfers<>(state, merge, peers);
    this.exchange = new Exchange<>(state, peers, clocks, transfers);
    this.collector = new Collector<>(state, peers, clocks, now.monotonicNanos());
    this.schedule = new Schedule(identity.incarnation(), settings, now.monotonicNanos());
  }

  @Override
  public Effects<K> write(List<Draft<K>> drafts, Now now) {
    Turn<K> turn = new Turn<>(now);
    for (Draft<K> draft : drafts) {
      state.counters.increment(draft.isRemoval() ? Counter.REMOVES : Counter.PUTS);
      state.write(draft, turn);
    }
    return state.effects(turn, peers);
  }

  @Override
  public Effects<K> receive(UUID sender, Message<K> message, Now now) {
    Turn<K> turn = new Turn<>(now);
    if (state.rules.isListenedTo(sender, peers.members())) {
      state.rules.witness(state.clock, message.latestTime());
      dispatch(peers.of(sender), message, turn);
      early.drain(peers.members(), turn);
      isCaughtUp = isCaughtUp || peers.allCoveredBy(state.seen::covers);
    }
    return state.effects(turn, peers);
  }

  private void dispatch(Peer peer, Message<K> message, Turn<K> turn) {
    if (message instanceof Batch<K> batch) {
      batch(peer, batch, turn);
    } else if (message instanceof Digest<K> digest) {
      exchange.receive(peer, digest, turn);
    } else if (message instanceof Chunk<K> part) {
      part(peer, part, turn);
    } else if (message instanceof ChunkReceived<K> receipt) {
      transfers.received(peer.incarnation, receipt, turn);
    } else if (message instanceof NotHosted<K>) {
      peers.hostsNot(peer, turn.now().monotonicNanos());
    } // a Slot comes from a node that declares this map a presence map
  }

  private void batch(Peer peer, Batch<K> batch, Turn<K> turn) {
    if (state.rules.isCloned(state.origin(), batch.origin(), 0, 0)) {
      state.rotate(turn);
    } else if (state.rules.hasGap(batch, state.seen)) {
      state.counters.increment(Counter.GAPS);
      early.keep(peer.incarnation, batch);
      exchange.request(peer.incarnation, turn);
    } else {
      merge.batch(batch, turn);
    }
  }

  private void part(Peer peer, Chunk<K> part, Turn<K> turn) {
    exchange.progressed(peer.incarnation, turn);
    Transfers.Progress progress = transfers.receive(peer.incarnation, part, turn);
    if (progress.applied() != null) {
      exchange.applied(peer, progress.applied(), turn);
    } else if (progress.isComplete()) {
      exchange.refused(peer.incarnation);
    }
  }

  @Override
  public Effects<K> membersChanged(Collection<UUID> others, Now now) {
    Turn<K> turn = new Turn<>(now);
    for (Peer gone : peers.membersChanged(others, now.monotonicNanos())) {
      exchange.forget(gone.incarnation);
    }
    state.outbox.mute(peers.isAlone());
    early.drain(peers.members(), turn);
    exchange.report(Intent.PROBE, turn);
    return state.effects(turn, peers);
  }

  @Override
  public Effects<K> tick(Now now) {
    Turn<K> turn = new Turn<>(now);
    state.contents.followClock(turn);
    if (schedule.isScanDue(now.monotonicNanos())) {
      transfers.forgetStalled(schedule.stalledSince(now.monotonicNanos()));
      collector.collect(turn);
    }
    if (schedule.isReportDue(now.monotonicNanos(), 1 + peers.members().size())) {
      exchange.report(Intent.REPORT, turn);
    }
    return state.effects(turn, peers);
  }

  @Override
  public Effects<K> probe(Now now) {
    Turn<K> turn = new Turn<>(now);
    exchange.report(Intent.PROBE, turn);
    return state.effects(turn, peers);
  }

  @Override
  public @Nullable Message<K> pollBatch() {
    UUID me = state.origin();
    if (me == null) {
      return null;
    }
    return state.outbox.poll(me, state.identity.nodeName());
  }

  @Override
  public boolean hasUnsent() {
    return !state.outbox.isEmpty();
  }

  @Override
  public long nextTickNanos(Now now) {
    return schedule.nextTickNanos(now, state.contents.expiries().nextExpiryMillis());
  }

  @Override
  public @Nullable Entry<K> current(K key) {
    return state.contents.get(key);
  }

  @Override
  public @Nullable Stamp lastWrite() {
    UUID me = state.origin();
    return me == null ? null : new Stamp(state.seen.get(me), me);
  }

  @Override
  public boolean hasSeen(Stamp write) {
    return state.seen.get(write.origin()) >= write.time();
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
    return peers.allAgree(state.seen.hash(), state.contents.lasting());
  }

  @Override
  public boolean isAlone() {
    return peers.isAlone();
  }

  @Override
  public int shownCount() {
    return state.contents.shownCount();
  }

  @Override
  public ReplicaStatus status(Now now) {
    return new ReplicaStatus(
        state.contents.shownCount(),
        state.contents.tombstones().size(),
        state.contents.lasting(),
        isCaughtUp,
        clocks.isConfirmed(now),
        state.outbox.unsent(),
        peers.status(state.seen.hash(), state.contents.lasting(), clocks, now),
        state.counters.snapshot());
  }

  @Override
  public Tombstones<K> tombstones(Now now) {
    return new Tombstones<>(
        List.copyOf(state.contents.tombstones()),
        peers.knowers(now.monotonicNanos()),
        Map.copyOf(state.writers()));
  }

  @Override
  public String writer(UUID origin) {
    return state.writer(origin);
  }

  /** Everything that has to be found again after a restart. */
  public ReplicaSnapshot<K> snapshot(Now now) {
    return new ReplicaSnapshot<>(
        state.contents.all(),
        state.seen.copy(),
        state.horizon.copy(),
        peers.absences(now.monotonicNanos()),
        Map.copyOf(state.writers()));
  }

  /** Takes over what was found after a restart; only before any other input. */
  public Effects<K> recover(ReplicaSnapshot<K> snapshot, Now now) {
    Turn<K> turn = new Turn<>(now);
    state.recover(snapshot, turn);
    peers.recover(snapshot.absences(), now.monotonicNanos());
    return turn.effects(null); // it is on disk already
  }

  @Override
  public void checkInvariants() {
    state.checkInvariants();
  }
}
