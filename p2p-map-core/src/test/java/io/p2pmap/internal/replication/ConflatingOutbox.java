package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** The natural outbox that the specification forbids: the newest own write a key, cut anywhere. */
final class ConflatingOutbox<K> extends Outbox<K> {

  private final List<Entry<K>> queued = new ArrayList<>();
  private final int batchBytes;
  private long lastSent;

  ConflatingOutbox(ReplicaSettings settings, Counters counters) {
    super(settings.messageBytes(), settings.outboxBytes(), counters);
    this.batchBytes = settings.messageBytes();
  }

  @Override
  void add(Entry<K> entry) {
    queued.removeIf(older -> older.key().equals(entry.key()));
    queued.add(entry);
  }

  @Override
  Message.Batch<K> poll(UUID origin, String writer) {
    if (queued.isEmpty()) {
      return null;
    }
    List<Entry<K>> batch = new ArrayList<>();
    int bytes = 0;
    for (Iterator<Entry<K>> next = queued.iterator(); next.hasNext() && bytes < batchBytes; ) {
      Entry<K> entry = next.next();
      next.remove();
      batch.add(entry);
      bytes += entry.lengthBytes();
    }
    long previous = lastSent;
    lastSent = batch.get(batch.size() - 1).time();
    return new Message.Batch<>(origin, writer, previous, lastSent, batch);
  }

  @Override
  boolean isEmpty() {
    return queued.isEmpty();
  }

  @Override
  void forget() {
    if (!queued.isEmpty()) {
      lastSent = queued.get(queued.size() - 1).time();
      queued.clear();
    }
  }

  @Override
  void restart() {
    forget();
    lastSent = 0;
  }

  /** An outbox that leaves out own writes that are not the newest of their key any more. */
  static final class Skipping<K> extends Outbox<K> {

    private final Predicate<Entry<K>> isBeaten;

    Skipping(ReplicaSettings settings, Counters counters, Predicate<Entry<K>> isBeaten) {
      super(settings.messageBytes(), settings.outboxBytes(), counters);
      this.isBeaten = isBeaten;
    }

    @Override
    Message.Batch<K> poll(UUID origin, String writer) {
      Message.Batch<K> batch = super.poll(origin, writer);
      if (batch != null) {
        batch.entries().removeIf(isBeaten);
      }
      return batch;
    }
  }
}
