package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Joins what other replicas send into a replica's state. Every join is idempotent.
 *
 * <p>Threading: confined to its replica.
 */
final class Merge<K> {

  private final ReplicaState<K> state;
  private final Rules rules;
  private final Clocks clocks;

  Merge(ReplicaState<K> state, Clocks clocks) {
    this.state = state;
    this.rules = state.rules;
    this.clocks = clocks;
  }

  /** Applies a batch that leaves no gap. */
  void batch(Message.Batch<K> batch, Turn<K> turn) {
    state.nameWriter(batch.origin(), batch.writer());
    turn.expectChanges(batch.entries().size());
    batch.entries().forEach(entry -> apply(entry, null, turn));
    rules.batchApplied(state.seen, batch);
  }

  /** Applies a verified transfer, whole. Cost: its size; for a full state also that of the map. */
  void transfer(Message.Header header, List<Entry<K>> entries, Turn<K> turn) {
    turn.expectChanges(entries.size());
    switch (header.kind()) {
      case DELTA -> entries.forEach(entry -> apply(entry, header.seen(), turn));
      case FULL -> full(header, entries, turn);
      case REPAIR -> repair(header, entries, turn);
    }
    state.join(header);
  }

  /** Applies one entry. {@code senderSeen} is null for a batch, which says nothing of the rest. */
  void apply(Entry<K> entry, @Nullable VersionVector senderSeen, Turn<K> turn) {
    if (!rules.admits(entry, state.seen)) {
      return;
    }
    Entry<K> local = state.contents.get(entry.key());
    if (local != null && entry.compareTo(local) <= 0) {
      state.counters.increment(Counter.CONFLICTS_LOST);
    } else if (rules.isLate(entry, local, state.horizon, senderSeen)) {
      late(entry, turn);
    } else {
      state.counters.increment(Counter.APPLIED);
      if (local != null) {
        entry.shareKey(local);
      }
      state.contents.store(entry, turn);
    }
  }

  private void late(Entry<K> entry, Turn<K> turn) {
    if (isGone(entry, turn)) {
      state.ignore(entry);
    } else {
      adopt(entry, turn);
    }
  }

  /** Writes an entry again: nobody can tell whether it was removed, so the add wins (B5). */
  private void adopt(Entry<K> entry, Turn<K> turn) {
    state.counters.increment(Counter.ADOPTED);
    state.write(Draft.again(entry), turn);
  }

  private boolean isGone(Entry<K> entry, Turn<K> turn) {
    return rules.isGone(entry, turn.now().wallMillis(), clocks.isConfirmed(turn.now()));
  }

  private void full(Message.Header header, List<Entry<K>> entries, Turn<K> turn) {
    boolean late = !state.seen.covers(header.horizon());
    long forgotten = header.horizon().max();
    Map<K, Entry<K>> theirs = new HashMap<>();
    for (Entry<K> entry : entries) {
      theirs.put(entry.key(), entry);
      Entry<K> local = state.contents.get(entry.key());
      if (local != null && rules.wasRemovedThere(local, entry, header.seen())) {
        state.drop(local, turn);
      }
      apply(entry, header.seen(), turn);
    }
    for (Entry<K> mine : mine(mine -> rules.isAbsent(mine, theirs.get(mine.key()), forgotten))) {
      absent(mine, header, late, turn);
    }
  }

  /** The sender of a full state has nothing for the key of {@code mine}, or an old removal. */
  private void absent(Entry<K> mine, Message.Header header, boolean late, Turn<K> turn) {
    if (header.seen().covers(mine)) {
      state.drop(mine, turn);
    } else if (late && !mine.isTombstone() && mine.time() <= header.horizon().max()) {
      if (isGone(mine, turn)) {
        state.drop(mine, turn);
      } else {
        adopt(mine, turn);
      }
    }
  }

  /**
   * Both have seen the same and yet hold other contents (B13). What only one side holds is copied
   * if nothing forgotten can have killed it, else dropped; of two versions the larger wins.
   */
  private void repair(Message.Header header, List<Entry<K>> entries, Turn<K> turn) {
    long forgotten = Math.max(state.horizon.max(), header.horizon().max());
    Set<K> theirs = new HashSet<>();
    for (Entry<K> entry : entries) {
      theirs.add(entry.key());
      Entry<K> local = state.contents.get(entry.key());
      boolean isBetter =
          local == null ? rules.survivesRepair(entry, forgotten) : entry.compareTo(local) > 0;
      if (isBetter) {
        state.contents.store(entry, turn);
      }
    }
    Predicate<Entry<K>> onlyMine = entry -> !entry.expires() && !theirs.contains(entry.key());
    for (Entry<K> mine : mine(onlyMine)) {
      if (!rules.survivesRepair(mine, forgotten)) {
        state.drop(mine, turn);
      }
    }
  }

  private List<Entry<K>> mine(Predicate<Entry<K>> condition) {
    return state.contents.all().stream().filter(condition).toList();
  }
}
