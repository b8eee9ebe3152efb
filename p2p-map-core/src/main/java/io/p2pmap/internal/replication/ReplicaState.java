package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.HybridClock;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one replica of a map holds and has seen, and how it writes.
 *
 * <p>Threading: confined to its replica.
 */
final class ReplicaState<K> {

  final Identity identity;
  final ReplicaSettings settings;
  final Rules rules;
  final Counters counters = new Counters();
  final Contents<K> contents;

  /** Per origin, the time up to which every write was seen or superseded here: V. */
  final VersionVector seen;

  /** Per origin, the highest time of what was forgotten or ignored here. Never beyond V. */
  final VersionVector horizon;

  // Node names of origins, as far as they are known.
  private final Map<UUID, String> writers = new HashMap<>();

  final HybridClock clock = new HybridClock();
  final Outbox<K> outbox;
  private final Supplier<UUID> ids;
  private final @Nullable Journal<K> journal;
  private @Nullable UUID origin;

  ReplicaState(
      Identity identity,
      ReplicaSettings settings,
      Map<K, Entry<K>> live,
      Supplier<UUID> ids,
      Rules rules) {
    this.identity = identity;
    this.settings = settings;
    this.rules = rules;
    Journal<K> notes = settings.isPersisted() ? new Journal<>() : null;
    this.journal = notes;
    this.contents = new Contents<>(live, notes);
    this.seen = notes == null ? new VersionVector() : new VersionVector(notes::seen);
    this.horizon = notes == null ? new VersionVector() : new VersionVector(notes::forgotten);
    this.ids = ids;
    this.outbox = rules.outbox(settings, counters);
  }

  /** The origin of this run, or null before its first write: readers never add one. */
  @Nullable UUID origin() {
    return origin;
  }

  /** Stamps, stores, and queues one write; one step for everybody else (B10). */
  void write(Draft<K> draft, Turn<K> turn) {
    UUID me = takeOrigin();
    long time = clock.next(turn.now().wallMillis());
    Entry<K> entry =
        new Entry<>(
            draft.key(), draft.keyBytes(), draft.valueBytes(), time, me, draft.expiresAtMillis());
    contents.store(entry, turn);
    seen.advance(me, time);
    rules.enqueue(outbox, entry);
  }

  private UUID takeOrigin() {
    UUID me = origin;
    if (me == null) {
      me = ids.get();
      origin = me;
      nameWriter(me, identity.nodeName());
      outbox.restart();
    }
    return me;
  }

  /** Takes a new origin, because another process writes under mine, and writes again (B7). */
  void rotate(Turn<K> turn) {
    UUID compromised = origin;
    origin = null;
    counters.increment(Counter.ROTATIONS);
    List<Entry<K>> own =
        contents.all().stream()
            .filter(entry -> entry.origin().equals(compromised))
            .sorted(Comparator.naturalOrder())
            .toList();
    own.forEach(entry -> write(Draft.again(entry), turn));
  }

  /** Forgets an entry; the horizon says so. */
  void drop(Entry<K> entry, Turn<K> turn) {
    rules.forgotten(entry, horizon);
    contents.remove(entry, Change.Cause.WRITTEN, turn);
  }

  /** Ignores an entry that came too late; the horizon says so. */
  void ignore(Entry<K> late) {
    counters.increment(Counter.LATE_IGNORED);
    rules.forgotten(late, horizon);
  }

  /** Joins what a transfer's sender has seen and forgotten, after its entries were merged. */
  void join(Message.Header header) {
    seen.joinAll(header.seen());
    rules.inheritHorizon(horizon, header.horizon());
    header.writers().forEach(this::nameWriter);
  }

  /** Learns the node name of an origin. */
  void nameWriter(UUID writer, String nodeName) {
    if (!nodeName.equals(writers.put(writer, nodeName)) && journal != null) {
      journal.writer(writer, nodeName);
    }
  }

  /** Node name of an origin, or an empty string. */
  String writer(UUID writer) {
    return writers.getOrDefault(writer, "");
  }

  /** Node names of origins, as far as they are known. */
  Map<UUID, String> writers() {
    return writers;
  }

  /** The effects of an input, with what is to be persisted of it. */
  Effects<K> effects(Turn<K> turn, Peers peers) {
    return turn.effects(journal == null ? null : journal.take(peers.takeChangedKnown()));
  }

  /** Takes over what was found after a restart; the clock resumes above all of it. */
  void recover(ReplicaSnapshot<K> snapshot, Turn<K> turn) {
    snapshot.entries().forEach(entry -> contents.store(entry, turn));
    seen.joinAll(snapshot.seen());
    horizon.joinAll(snapshot.horizon());
    snapshot.writers().forEach(this::nameWriter);
    clock.witness(Math.max(seen.max(), horizon.max()));
    if (journal != null) {
      journal.take(null); // all of this is on disk already
    }
  }

  void checkInvariants() {
    contents.checkInvariants();
    Contents.check(seen.covers(horizon), "the horizon is beyond what was seen");
    for (Entry<K> entry : contents.all()) {
      Contents.check(seen.covers(entry), "an entry is beyond what was seen", entry);
    }
  }
}
