package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry a key, live or tombstone, with the fingerprints over them. The map of live entries is
 * the view of readers at the same time; an expired entry stays in it and is only hidden.
 *
 * <p>Threading: confined to its replica; readers use the live map, which then must be concurrent.
 */
final class Contents<K> {

  // Invariant: no key is in both.
  private final Map<K, Entry<K>> live;
  private final Map<K, Entry<K>> tombstones = new LinkedHashMap<>();
  // Invariant: holds exactly the live entries that expire.
  private final Expiries<K> expiries = new Expiries<>();
  // Invariant: the tallies equal those recomputed from the maps.
  private final Tally lasting = new Tally();
  private final Tally expiring = new Tally();

  private final @Nullable Journal<K> journal;

  Contents(Map<K, Entry<K>> live, @Nullable Journal<K> journal) {
    this.live = live;
    this.journal = journal;
  }

  @Nullable Entry<K> get(K key) {
    Entry<K> entry = live.get(key);
    return entry != null || tombstones.isEmpty() ? entry : tombstones.get(key);
  }

  /** Puts {@code entry} in the place of what is there for its key. */
  void store(Entry<K> entry, Turn<K> turn) {
    Entry<K> before = replace(entry);
    Entry<K> shownBefore = shown(before);
    if (before != null) {
      unlink(before);
    }
    link(entry, turn.now().wallMillis());
    if (journal != null) {
      journal.stored(entry);
    }
    Entry<K> removal = entry.isTombstone() ? entry : null;
    turn.changed(entry.key(), shownBefore, shown(entry), Change.Cause.WRITTEN, removal);
  }

  /** Readers see {@code entry} from here on; returns what was there for its key. */
  private @Nullable Entry<K> replace(Entry<K> entry) {
    Entry<K> wasLive =
        entry.isTombstone() ? live.remove(entry.key()) : live.put(entry.key(), entry);
    if (entry.isTombstone()) {
      Entry<K> wasTombstone = tombstones.put(entry.key(), entry);
      return wasLive != null ? wasLive : wasTombstone;
    }
    return wasLive != null || tombstones.isEmpty() ? wasLive : tombstones.remove(entry.key());
  }

  /** Takes {@code entry} away, leaving no trace of it. */
  void remove(Entry<K> entry, Change.Cause cause, Turn<K> turn) {
    Entry<K> shownBefore = shown(entry);
    unlink(entry);
    live.remove(entry.key(), entry);
    tombstones.remove(entry.key(), entry);
    if (journal != null) {
      journal.dropped(entry);
    }
    turn.changed(entry.key(), shownBefore, null, cause, null);
  }

  private @Nullable Entry<K> shown(@Nullable Entry<K> entry) {
    boolean isShown =
        entry != null && !entry.isTombstone() && (!entry.expires() || expiries.isShown(entry));
    return isShown ? entry : null;
  }

  private void link(Entry<K> entry, long wallMillis) {
    if (entry.expires()) {
      expiring.add(entry);
      expiries.add(entry, wallMillis);
    } else if (!entry.isTombstone()) {
      lasting.add(entry);
    }
  }

  private void unlink(Entry<K> entry) {
    if (entry.expires()) {
      expiring.remove(entry);
      expiries.remove(entry);
    } else if (!entry.isTombstone()) {
      lasting.remove(entry);
    }
  }

  /** Hides what has expired on the local clock, and shows what has not, if the clock went back. */
  void followClock(Turn<K> turn) {
    expiries.followClock(turn);
  }

  Expiries<K> expiries() {
    return expiries;
  }

  Collection<Entry<K>> live() {
    return live.values();
  }

  Collection<Entry<K>> tombstones() {
    return tombstones.values();
  }

  /** Every entry, tombstones included. */
  List<Entry<K>> all() {
    List<Entry<K>> all = new ArrayList<>(live.size() + tombstones.size());
    all.addAll(live.values());
    all.addAll(tombstones.values());
    return all;
  }

  /** Number of entries that readers see, as of the last {@link #followClock}. */
  int shownCount() {
    return live.size() - expiries.hiddenCount();
  }

  Fingerprint lasting() {
    return lasting.fingerprint();
  }

  Fingerprint expiring() {
    return expiring.fingerprint();
  }

  void checkInvariants() {
    List<Entry<K>> ttl = live.values().stream().filter(Entry::expires).toList();
    List<Entry<K>> plain = live.values().stream().filter(e -> !e.expires()).toList();
    check(lasting().equals(Fingerprint.of(plain)), "the fingerprint of lasting entries drifted");
    check(expiring().equals(Fingerprint.of(ttl)), "the fingerprint of expiring entries drifted");
    check(ttl.size() == expiries.count(), "an expiring entry is not indexed");
    check(live.keySet().stream().noneMatch(tombstones::containsKey), "a key is live and removed");
    check(live.values().stream().noneMatch(Entry::isTombstone), "a tombstone is visible");
  }

  static void check(boolean holds, String violation) {
    check(holds, violation, "");
  }

  static void check(boolean holds, String violation, @Nullable Object subject) {
    if (!holds) {
      throw new AssertionError(violation + ": " + subject);
    }
  }
}
