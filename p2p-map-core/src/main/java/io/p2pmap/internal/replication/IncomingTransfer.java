package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one transfer that have arrived so far; they may repeat and come in any order.
 *
 * <p>Threading: confined to its replica.
 */
final class IncomingTransfer<K> {

  private final long id;
  private final TreeMap<Integer, Message.Chunk<K>> parts = new TreeMap<>();
  private long lastProgressNanos;

  IncomingTransfer(long id) {
    this.id = id;
  }

  void add(Message.Chunk<K> part, long nowNanos) {
    parts.putIfAbsent(part.index(), part);
    lastProgressNanos = nowNanos;
  }

  boolean isComplete() {
    var last = parts.lastEntry();
    return last != null && last.getValue().isLast() && parts.size() == last.getKey() + 1;
  }

  Message.@Nullable Header header() {
    Message.Chunk<K> first = parts.get(0);
    return first == null ? null : first.header();
  }

  List<Entry<K>> entries() {
    List<Entry<K>> entries = new ArrayList<>();
    parts.values().forEach(part -> entries.addAll(part.entries()));
    return entries;
  }

  long id() {
    return id;
  }

  long lastProgressNanos() {
    return lastProgressNanos;
  }
}
