package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A transfer under way to one peer, cut into parts from references that were captured at one
 * instant. At most {@link #WINDOW} parts are unacknowledged, so that a slow receiver holds back
 * nobody else.
 *
 * <p>Threading: confined to its replica.
 */
final class OutgoingTransfer<K> {

  private static final int WINDOW = 8;

  private final UUID receiver;
  private final long id;
  private final Message.Header header;
  private final List<Entry<K>> entries;
  private final int partBytes;
  private int position;
  private int sentParts;
  private boolean isDone;
  private long lastProgressNanos;

  OutgoingTransfer(
      UUID receiver, long id, Message.Header header, List<Entry<K>> entries, int partBytes) {
    this.receiver = receiver;
    this.id = id;
    this.header = header;
    this.entries = entries;
    this.partBytes = partBytes;
  }

  void start(Turn<K> turn) {
    fillWindow(WINDOW, turn);
  }

  /** Sends on after the receiver acknowledged a part. */
  void received(Message.ChunkReceived<K> receipt, Turn<K> turn) {
    if (receipt.transferId() == id) {
      fillWindow(receipt.index() + 1 + WINDOW, turn);
    }
  }

  private void fillWindow(int end, Turn<K> turn) {
    lastProgressNanos = turn.now().monotonicNanos();
    while (!isDone && sentParts < end) {
      turn.unicast(receiver, nextPart());
    }
  }

  private Message.Chunk<K> nextPart() {
    List<Entry<K>> part = new ArrayList<>();
    int bytes = 0;
    while (position < entries.size() && bytes < partBytes) {
      Entry<K> entry = entries.get(position++);
      part.add(entry);
      bytes += entry.lengthBytes();
    }
    isDone = position >= entries.size();
    int index = sentParts++;
    return new Message.Chunk<>(id, index, isDone, index == 0 ? header : null, part);
  }

  boolean isDone() {
    return isDone;
  }

  long lastProgressNanos() {
    return lastProgressNanos;
  }
}
