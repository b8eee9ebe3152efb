package io.p2pmap;

import io.p2pmap.MapEvent.Cause;
import io.p2pmap.MapEvent.Origin;
import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.engine.DurableReplica;
import io.p2pmap.internal.engine.ReplicaDriver;
import io.p2pmap.internal.engine.Values;
import io.p2pmap.internal.replication.Change;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes events of changes. Threading: the listener's thread; decodes values. */
final class EventMaker<K, V> {

  private final String mapName;
  private final ReplicaDriver<Object> driver;
  private final @Nullable VersionVector recovered;
  private final Values<V> values;
  private final Clock clock;

  EventMaker(String mapName, Hosting hosting, Values<V> values, Clock clock) {
    this.mapName = mapName;
    this.driver = hosting.map().driver();
    DurableReplica<Object> durable = hosting.durable();
    this.recovered = durable == null ? null : durable.recovered();
    this.values = values;
    this.clock = clock;
  }

  /** The event of a change, or null if readers see the same as before. */
  @SuppressWarnings("unchecked") // a decoded identity is a key
  @Nullable MapEvent<K, V> eventOf(Change<Object> change) {
    Entry<Object> before = change.before();
    Entry<Object> after = change.after();
    if (before != null && after != null && before.hasValueOf(after)) {
      return null;
    }
    V previous = before == null ? null : values.read(before);
    V value = after == null ? null : values.read(after);
    K key = (K) change.key();
    if (after != null && value != null) {
      return new MapEvent.Put<>(
          mapName, key, value, previous, origin(after), writer(after), writtenAt(after));
    }
    return previous == null ? null : removed(key, previous, change);
  }

  private MapEvent<K, V> removed(K key, V previous, Change<Object> change) {
    Cause cause =
        switch (change.cause()) {
          case WRITTEN -> Cause.REMOVED;
          case EXPIRY -> Cause.EXPIRED;
          case PRUNED -> Cause.PRUNED;
        };
    Entry<Object> reason = cause == Cause.REMOVED ? removal(change) : change.before();
    return new MapEvent.Removed<>(
        mapName, key, previous, cause, origin(reason), writer(reason), writtenAt(reason));
  }

  /**
   * The tombstone, or the value that is hidden here and has taken the place of one that was not.
   */
  private static @Nullable Entry<Object> removal(Change<Object> change) {
    return change.removal() != null ? change.removal() : change.after();
  }

  private Origin origin(@Nullable Entry<Object> entry) {
    if (entry != null && recovered != null && recovered.covers(entry)) {
      return Origin.RECOVERED;
    }
    return entry != null && driver.isOwn(entry.origin()) ? Origin.LOCAL : Origin.REMOTE;
  }

  private String writer(@Nullable Entry<Object> entry) {
    return entry == null ? "" : driver.writer(entry.origin());
  }

  /** When the entry was written; of a removal that nobody remembers, when it was noticed. */
  private Instant writtenAt(@Nullable Entry<Object> entry) {
    return entry == null
        ? clock.instant()
        : Instant.ofEpochMilli(HybridTime.epochMillis(entry.time()));
  }
}
