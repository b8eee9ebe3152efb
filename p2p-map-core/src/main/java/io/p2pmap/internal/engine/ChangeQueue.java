package io.p2pmap.internal.engine;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.replication.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes that one listener has not been told of, per key in order. Beyond {@link #LIMIT} of
 * them, changes of one key are merged into its last queued one, so that the queue never holds more
 * than one change a key above that, and never loses the last.
 *
 * <p>Threading: any thread; waits on its own monitor, never while it holds a map's lock.
 */
final class ChangeQueue<K> implements ChangeListener<K> {

  static final int LIMIT = 100_000;

  private static final class Queued<K> {
    private Change<K> change;

    Queued(Change<K> change) {
      this.change = change;
    }
  }

  private final Deque<Queued<K>> queue = new ArrayDeque<>();
  private final Map<K, Queued<K>> lastOfKey = new HashMap<>();
  private final int limit;
  private boolean isClosed;

  ChangeQueue(int limit) {
    this.limit = limit;
  }

  /** Queues entries that are there already. */
  synchronized void addCurrent(List<Entry<K>> entries) {
    entries.forEach(entry -> add(current(entry)));
    notifyAll();
  }

  @Override
  public synchronized void onChanges(List<Change<K>> changes) {
    changes.forEach(this::add);
    notifyAll();
  }

  private static <K> Change<K> current(Entry<K> entry) {
    return new Change<>(entry.key(), null, entry, Change.Cause.WRITTEN, null);
  }

  private void add(Change<K> change) {
    if (isClosed) {
      return;
    }
    Queued<K> last = lastOfKey.get(change.key());
    if (last != null && queue.size() >= limit) {
      last.change =
          new Change<>(
              change.key(), last.change.before(), change.after(), change.cause(), change.removal());
      return;
    }
    Queued<K> queued = new Queued<>(change);
    queue.addLast(queued);
    lastOfKey.put(change.key(), queued);
  }

  /** Waits for the next change; null after {@link #close}. */
  synchronized @Nullable Change<K> take() throws InterruptedException {
    while (queue.isEmpty() && !isClosed) {
      wait();
    }
    Queued<K> next = isClosed ? null : queue.pollFirst();
    if (next == null) {
      return null;
    }
    lastOfKey.remove(next.change.key(), next);
    return next.change;
  }

  synchronized int size() {
    return queue.size();
  }

  synchronized void close() {
    isClosed = true;
    queue.clear();
    lastOfKey.clear();
    notifyAll();
  }
}
