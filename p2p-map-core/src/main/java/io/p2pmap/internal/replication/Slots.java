package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a presence map, and the newest entry of each key over all of them.
 *
 * <p>Threading: confined to its replica.
 */
final class Slots<K> {

  /** One owner's slot as it is held here. */
  record Held<K>(UUID owner, String writer, long sequence, Map<K, Entry<K>> entries) {}

  private final UUID self;
  private final String nodeName;
  // Invariant: holds, per key, the greatest entry over all slots.
  private final Contents<K> contents;
  private final SlotRules rules;
  private final Map<UUID, Held<K>> slots = new TreeMap<>();
  // Kept when the owner is gone: who hears of that late wants to know whose entry it was.
  private final Map<UUID, String> writers = new HashMap<>();

  Slots(UUID self, String nodeName, Contents<K> contents, SlotRules rules) {
    this.self = self;
    this.nodeName = nodeName;
    this.contents = contents;
    this.rules = rules;
    slots.put(self, new Held<>(self, nodeName, 0, Map.of()));
    writers.put(self, nodeName);
  }

  Contents<K> contents() {
    return contents;
  }

  Held<K> own() {
    return Objects.requireNonNull(slots.get(self));
  }

  /** Which slots are held: owner to sequence number. */
  VersionVector sequences() {
    VersionVector sequences = new VersionVector();
    slots.values().forEach(slot -> sequences.advance(slot.owner(), slot.sequence()));
    return sequences;
  }

  /** Sequence number of the slot that is held of {@code owner}, or zero. */
  long sequenceOf(UUID owner) {
    Held<K> slot = slots.get(owner);
    return slot == null ? 0 : slot.sequence();
  }

  /** Puts an entry into the own slot; a tombstone takes the key out of it. */
  void writeOwn(Entry<K> entry, Turn<K> turn) {
    Map<K, Entry<K>> entries = new LinkedHashMap<>(own().entries());
    if (entry.isTombstone()) {
      entries.remove(entry.key());
    } else {
      entries.put(entry.key(), entry);
    }
    replaceOwn(entries);
    show(entry.key(), Change.Cause.WRITTEN, turn);
  }

  /** Takes what has expired out of the own slot; returns whether there was any. */
  boolean dropExpiredOwn(long wallMillis, Turn<K> turn) {
    Map<K, Entry<K>> entries = new LinkedHashMap<>(own().entries());
    if (!entries.values().removeIf(entry -> !entry.isVisible(wallMillis))) {
      return false;
    }
    Set<K> before = own().entries().keySet();
    replaceOwn(entries);
    before.forEach(key -> show(key, Change.Cause.EXPIRY, turn));
    return true;
  }

  /** Gives the own slot a new sequence number, so that newcomers take it; false if it is empty. */
  boolean renewOwn() {
    if (own().sequence() == 0) {
      return false;
    }
    replaceOwn(own().entries());
    return true;
  }

  /**
   * Passes the number of a slot that somebody holds as this node's, if it is ahead of all that this
   * node has written: only a member that makes it up can bring that about, and the own slot would
   * never replace it. Returns whether the own slot must be sent.
   */
  boolean outbid(Slot<K> claimed) {
    if (!claimed.owner().equals(self)
        || claimed.sequence() <= own().sequence()
        || !rules.outbidsClaims()) {
      return false;
    }
    slots.put(self, new Held<>(self, nodeName, claimed.sequence() + 1, own().entries()));
    return true;
  }

  private void replaceOwn(Map<K, Entry<K>> entries) {
    slots.put(self, new Held<>(self, nodeName, own().sequence() + 1, entries));
  }

  /** Takes a slot over if its owner is present and it is newer; returns whether it did. */
  boolean accept(Slot<K> slot, Set<UUID> members, Turn<K> turn) {
    UUID owner = slot.owner();
    Held<K> before = slots.get(owner);
    long held = before == null ? 0 : before.sequence();
    if (owner.equals(self)
        || !rules.isPresent(owner, members)
        || !rules.isNewer(slot.sequence(), held)) {
      return false;
    }
    Map<K, Entry<K>> entries = new LinkedHashMap<>();
    slot.entries().forEach(entry -> entries.put(entry.key(), entry));
    slots.put(owner, new Held<>(owner, slot.writer(), slot.sequence(), entries));
    writers.put(owner, slot.writer());
    Set<K> touched = new LinkedHashSet<>(before == null ? Set.of() : before.entries().keySet());
    touched.addAll(entries.keySet());
    touched.forEach(key -> show(key, Change.Cause.WRITTEN, turn));
    return true;
  }

  /** Lets go of every slot whose owner is not among {@code members}. */
  void retain(Set<UUID> members, Turn<K> turn) {
    if (!rules.leavesWithOwner()) {
      return;
    }
    List<Held<K>> gone =
        slots.values().stream()
            .filter(slot -> !slot.owner().equals(self) && !members.contains(slot.owner()))
            .toList();
    gone.forEach(slot -> slots.remove(slot.owner()));
    gone.stream()
        .flatMap(slot -> slot.entries().keySet().stream())
        .forEach(key -> show(key, Change.Cause.PRUNED, turn));
  }

  /** The held slots that are newer than {@code theirs} says. */
  List<Held<K>> newerThan(VersionVector theirs) {
    return slots.values().stream()
        .filter(slot -> slot.sequence() > theirs.get(slot.owner()))
        .toList();
  }

  /** Whether {@code theirs} names a newer slot of somebody present. */
  boolean lacks(VersionVector theirs, Set<UUID> members) {
    VersionVector mine = sequences();
    return members.stream().anyMatch(owner -> theirs.get(owner) > mine.get(owner));
  }

  /** Node name of the owner of a slot, present or gone, or an empty string. */
  String writer(UUID owner) {
    return writers.getOrDefault(owner, "");
  }

  private void show(K key, Change.Cause cause, Turn<K> turn) {
    Entry<K> newest = newest(key);
    Entry<K> shown = contents.get(key);
    if (newest != null && !newest.equals(shown)) {
      contents.store(newest, turn);
    } else if (newest == null && shown != null) {
      contents.remove(shown, cause, turn);
    }
  }

  private @Nullable Entry<K> newest(K key) {
    List<Entry<K>> candidates = new ArrayList<>(slots.size());
    for (Held<K> slot : slots.values()) {
      Entry<K> entry = slot.entries().get(key);
      if (entry != null) {
        candidates.add(entry);
      }
    }
    return candidates.stream().max(Comparator.naturalOrder()).orElse(null);
  }

  void checkInvariants() {
    contents.checkInvariants();
    for (Held<K> slot : slots.values()) {
      for (K key : slot.entries().keySet()) {
        Contents.check(
            Objects.equals(newest(key), contents.get(key)), "a newer entry is not shown", key);
      }
    }
    for (Entry<K> entry : contents.live()) {
      Contents.check(entry.equals(newest(entry.key())), "a ghost is shown", entry);
    }
  }
}
