package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Own writes that have not left yet, as a list of segments of about one message each. Only in the
 * last one, which is open, may a newer write replace an older one of the same key: conflating
 * across messages lets a receiver skip a stamp that another one got. When the outbox outgrows its
 * limit it is forgotten whole, like a lost batch: the next one shows the gap, and the peers pull.
 *
 * <p>Threading: confined to its replica.
 */
class Outbox<K> {

  private final int segmentBytes;
  private final long limitBytes;
  private final Counters counters;
  private final Deque<Segment<K>> segments = new ArrayDeque<>();
  private long bytes;
  // Invariant: every own stamp up to here was sent or forgotten; none of the queued ones was.
  private long lastSent;
  private boolean isMuted = true;

  Outbox(int segmentBytes, long limitBytes, Counters counters) {
    this.segmentBytes = segmentBytes;
    this.limitBytes = limitBytes;
    this.counters = counters;
  }

  /** While nobody else is there nothing is queued, and what is written counts as sent. */
  void mute(boolean isAlone) {
    isMuted = isAlone;
    if (isAlone) {
      forget();
    }
  }

  void add(Entry<K> entry) {
    if (isMuted) {
      lastSent = entry.time();
      return;
    }
    Segment<K> open = segments.peekLast();
    if (open == null || open.bytes >= segmentBytes) {
      open = new Segment<>();
      segments.addLast(open);
    }
    bytes += open.add(entry);
    if (bytes > limitBytes) {
      counters.increment(Counter.OUTBOX_OVERFLOWS);
      forget();
    }
  }

  /** The oldest segment as a batch, or null if all is sent. */
  Message.@Nullable Batch<K> poll(UUID origin, String writer) {
    Segment<K> oldest = segments.pollFirst();
    if (oldest == null) {
      return null;
    }
    bytes -= oldest.bytes;
    long previous = lastSent;
    lastSent = oldest.lastTime;
    counters.increment(Counter.BATCHES_SENT);
    return new Message.Batch<>(
        origin, writer, previous, oldest.lastTime, new ArrayList<>(oldest.entries.values()));
  }

  /** Cost: one step a segment. */
  ReplicaStatus.Unsent unsent() {
    int writes = 0;
    for (Segment<K> segment : segments) {
      writes += segment.entries.size();
    }
    return new ReplicaStatus.Unsent(writes, bytes);
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }

  /** Gives up what is unsent; the peers will find the gap. */
  void forget() {
    if (!segments.isEmpty()) {
      lastSent = segments.peekLast().lastTime;
      segments.clear();
      bytes = 0;
    }
  }

  /** Starts over for a new origin. */
  void restart() {
    forget();
    lastSent = 0;
  }

  private static final class Segment<K> {
    private final Map<K, Entry<K>> entries = new LinkedHashMap<>();
    private long bytes;
    private long lastTime;

    long add(Entry<K> entry) {
      Entry<K> replaced = entries.put(entry.key(), entry);
      if (replaced != null) { // to the end: entries leave in the order of their times
        entries.remove(entry.key());
        entries.put(entry.key(), entry);
      }
      lastTime = entry.time();
      long growth = entry.lengthBytes() - (replaced == null ? 0 : replaced.lengthBytes());
      bytes += growth;
      return growth;
    }
  }
}
