package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The live entries that expire, ordered by expiry, apart by whether readers see them. Expiry is
 * never stored in an entry nor sent: it is a function of the entry and the local clock.
 *
 * <p>Threading: confined to its replica.
 */
final class Expiries<K> {

  private final NavigableSet<Entry<K>> shown = new TreeSet<>(byExpiry());
  private final NavigableSet<Entry<K>> hidden = new TreeSet<>(byExpiry());

  private static <K> Comparator<Entry<K>> byExpiry() {
    return Comparator.<Entry<K>>comparingLong(Entry::expiresAtMillis)
        .thenComparing(Comparator.naturalOrder())
        .thenComparingLong(Entry::fingerprint);
  }

  void add(Entry<K> entry, long wallMillis) {
    (entry.isVisible(wallMillis) ? shown : hidden).add(entry);
  }

  void remove(Entry<K> entry) {
    if (!shown.remove(entry)) {
      hidden.remove(entry);
    }
  }

  boolean isShown(Entry<K> entry) {
    return shown.contains(entry);
  }

  void followClock(Turn<K> turn) {
    long wallMillis = turn.now().wallMillis();
    while (!shown.isEmpty() && !shown.first().isVisible(wallMillis)) {
      Entry<K> expired = shown.pollFirst();
      hidden.add(expired);
      turn.changed(expired.key(), expired, null, Change.Cause.EXPIRY, null);
    }
    while (!hidden.isEmpty() && hidden.last().isVisible(wallMillis)) {
      Entry<K> revived = hidden.pollLast();
      shown.add(revived);
      turn.changed(revived.key(), null, revived, Change.Cause.EXPIRY, null);
    }
  }

  /** What is hidden, the longest expired first. */
  SortedSet<Entry<K>> hidden() {
    return hidden;
  }

  int hiddenCount() {
    return hidden.size();
  }

  int count() {
    return shown.size() + hidden.size();
  }

  /** When the next shown entry expires in epoch milliseconds, or {@link Long#MAX_VALUE}. */
  long nextExpiryMillis() {
    return shown.isEmpty() ? Long.MAX_VALUE : shown.first().expiresAtMillis();
  }
}
