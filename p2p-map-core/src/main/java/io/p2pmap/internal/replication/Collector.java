package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Lets tombstones and long expired entries leave, by proof and not by clock: every known replica,
 * present or away, has seen them (B3).
 *
 * <p>Threading: confined to its replica.
 */
final class Collector<K> {

  private final ReplicaState<K> state;
  private final Peers peers;
  private final Clocks clocks;
  private final long begunNanos;

  /** A collector of a replica that begins now, by the monotonic clock. */
  Collector(ReplicaState<K> state, Peers peers, Clocks clocks, long nowNanos) {
    this.state = state;
    this.peers = peers;
    this.clocks = clocks;
    this.begunNanos = nowNanos;
  }

  /** Cost: tombstones and expired entries, times known replicas. */
  void collect(Turn<K> turn) {
    peers.forgetAbsent(state.settings.retention(), turn.now().monotonicNanos());
    List<VersionVector> acknowledged = peers.acknowledgedByAllKnown();
    Duration age = Duration.ofNanos(turn.now().monotonicNanos() - begunNanos);
    if (acknowledged == null || !state.rules.mayForget(age, state.settings)) {
      return;
    }
    Predicate<Entry<K>> proven = entry -> state.rules.mayCollect(entry, state.seen, acknowledged);
    List<Entry<K>> tombstones = state.contents.tombstones().stream().filter(proven).toList();
    List<Entry<K>> expired = longExpired(turn).stream().filter(proven).toList();
    drop(tombstones, Counter.TOMBSTONES_COLLECTED, turn);
    drop(expired, Counter.EXPIRED_COLLECTED, turn);
  }

  private List<Entry<K>> longExpired(Turn<K> turn) {
    long wallMillis = turn.now().wallMillis();
    long drift = state.settings.maxClockDrift().toMillis();
    boolean confirmed = clocks.isConfirmed(turn.now());
    return state.contents.expiries().hidden().stream()
        .takeWhile(entry -> state.rules.isLongExpired(entry, wallMillis, drift, confirmed))
        .toList();
  }

  private void drop(List<Entry<K>> entries, Counter counter, Turn<K> turn) {
    for (Entry<K> entry : entries) {
      state.counters.increment(counter);
      state.drop(entry, turn);
    }
  }
}
