package io.p2pmap.sample;

import io.p2pmap.MapEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A map event as clients get it.
 *
 * @param map name of the map
 * @param op what happened to the key
 * @param value new value, or null if the key is gone
 * @param writer name of the node that wrote
 * @param origin where the change came from, seen from the node that was asked
 */
record Change(
    String map,
    Object key,
    Op op,
    @Nullable Object value,
    String writer,
    MapEvent.Origin origin,
    Instant writtenAt) {

  /** What happened to a key; all but the first mean that it is gone. */
  enum Op {
    PUT,
    REMOVED,
    EXPIRED,
    PRUNED
  }

  static <K, V> Change of(MapEvent<K, V> event) {
    return new Change(
        event.mapName(),
        event.key(),
        op(event),
        event instanceof MapEvent.Put<K, V> put ? put.value() : null,
        event.writer(),
        event.origin(),
        event.writtenAt());
  }

  private static Op op(MapEvent<?, ?> event) {
    return event instanceof MapEvent.Removed<?, ?> removed
        ? switch (removed.cause()) {
          case REMOVED -> Op.REMOVED;
          case EXPIRED -> Op.EXPIRED;
          case PRUNED -> Op.PRUNED;
        }
        : Op.PUT;
  }
}
