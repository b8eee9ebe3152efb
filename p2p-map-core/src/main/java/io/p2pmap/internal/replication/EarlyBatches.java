package io.p2pmap.internal.replication;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A bounded number of batches that came after a gap and wait until it is closed. The pull that
 * closes it is made all the same.
 *
 * <p>Threading: confined to its replica.
 */
final class EarlyBatches<K> {

  private static final int LIMIT = 128;

  private record Early<K>(UUID sender, Message.Batch<K> batch) {}

  private final List<Early<K>> waiting = new ArrayList<>();
  private final ReplicaState<K> state;
  private final Merge<K> merge;

  EarlyBatches(ReplicaState<K> state, Merge<K> merge) {
    this.state = state;
    this.merge = merge;
  }

  void keep(UUID sender, Message.Batch<K> batch) {
    if (waiting.size() < LIMIT) {
      state.counters.increment(Counter.EARLY_BATCHES);
      waiting.add(new Early<>(sender, batch));
    }
  }

  /** Applies what fits by now, and lets go of what is superseded or whose sender is gone (B34). */
  void drain(Set<UUID> members, Turn<K> turn) {
    boolean progress = !waiting.isEmpty();
    while (progress) {
      progress = false;
      for (Iterator<Early<K>> early = waiting.iterator(); early.hasNext(); ) {
        Early<K> next = early.next();
        if (isUseless(next, members)) {
          early.remove();
        } else if (!state.rules.hasGap(next.batch(), state.seen)) {
          early.remove();
          merge.batch(next.batch(), turn);
          progress = true;
        }
      }
    }
  }

  private boolean isUseless(Early<K> early, Set<UUID> members) {
    Message.Batch<K> batch = early.batch();
    return !state.rules.isListenedTo(early.sender(), members)
        || state.seen.get(batch.origin()) >= batch.lastTime()
        || batch.origin().equals(state.origin());
  }
}
