package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The rules as they are, with a record of what one input wrote. Ablations are subclasses that break
 * one rule.
 */
class ObservedRules extends Rules {

  /** A late entry that was written again. */
  record Adoption(Entry<String> late, Entry<String> adopted) {}

  private final List<Entry<String>> written = new ArrayList<>();
  private final List<Adoption> adoptions = new ArrayList<>();
  private final List<Entry<?>> longExpired = new ArrayList<>();
  private Entry<?> late;
  private VersionVector joined;

  /** Takes out what was written since the last time, in order. */
  final List<Entry<String>> takeWritten() {
    List<Entry<String>> taken = List.copyOf(written);
    written.clear();
    return taken;
  }

  final List<Adoption> takeAdoptions() {
    List<Adoption> taken = List.copyOf(adoptions);
    adoptions.clear();
    return taken;
  }

  /** What the sender of the transfer had seen that was applied, or null. */
  final VersionVector takeJoined() {
    VersionVector taken = joined;
    joined = null;
    return taken;
  }

  @Override
  final boolean isIntact(Message.Header header, Collection<? extends Entry<?>> entries) {
    boolean intact = addsUp(header, entries);
    joined = intact ? header.seen() : null;
    return intact;
  }

  boolean addsUp(Message.Header header, Collection<? extends Entry<?>> entries) {
    return super.isIntact(header, entries);
  }

  /** Takes out what was said to be expired for good. */
  final List<Entry<?>> takeLongExpired() {
    List<Entry<?>> taken = List.copyOf(longExpired);
    longExpired.clear();
    return taken;
  }

  @Override
  final boolean isLongExpired(
      Entry<?> entry, long wallMillis, long maxDriftMillis, boolean clockConfirmed) {
    boolean may = mayExpire(entry, wallMillis, maxDriftMillis, clockConfirmed);
    if (may) {
      longExpired.add(entry);
    }
    return may;
  }

  boolean mayExpire(Entry<?> entry, long wallMillis, long maxDriftMillis, boolean clockConfirmed) {
    return super.isLongExpired(entry, wallMillis, maxDriftMillis, clockConfirmed);
  }

  @Override
  final <K> void enqueue(Outbox<K> outbox, Entry<K> entry) {
    @SuppressWarnings("unchecked") // simulated maps have keys of this type
    Entry<String> own = (Entry<String>) entry;
    written.add(own);
    @SuppressWarnings("unchecked")
    Entry<String> original = (Entry<String>) late;
    if (original != null && original.key().equals(own.key()) && own.hasValueOf(original)) {
      adoptions.add(new Adoption(original, own));
    }
    late = null;
    queue(outbox, entry);
  }

  <K> void queue(Outbox<K> outbox, Entry<K> entry) {
    super.enqueue(outbox, entry);
  }

  @Override
  final boolean isGone(Entry<?> entry, long wallMillis, boolean clockConfirmed) {
    boolean gone = isExpired(entry, wallMillis, clockConfirmed);
    late = gone ? null : entry;
    return gone;
  }

  boolean isExpired(Entry<?> entry, long wallMillis, boolean clockConfirmed) {
    return super.isGone(entry, wallMillis, clockConfirmed);
  }
}
