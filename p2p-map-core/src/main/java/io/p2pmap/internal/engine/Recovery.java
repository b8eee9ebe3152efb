package io.p2pmap.internal.engine;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.ReplicaSnapshot;
import io.p2pmap.internal.replication.StateDelta;
import io.p2pmap.internal.wire.StateRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a replica's state from its records. A delta whose last part is missing was not finished,
 * and takes no effect.
 *
 * <p>Threading: one thread.
 */
public final class Recovery<K> {

  private final Function<byte[], K> keys;
  private final Map<K, Entry<K>> entries = new LinkedHashMap<>();
  private final VersionVector seen = new VersionVector();
  private final VersionVector horizon = new VersionVector();
  private final Map<UUID, String> writers = new LinkedHashMap<>();
  private final List<StateDelta<K>> unfinished = new ArrayList<>();
  private Map<UUID, Long> known = Map.of();
  private @Nullable UUID replicaId;

  /** Begins with nothing. */
  public Recovery(Function<byte[], K> keys) {
    this.keys = keys;
  }

  /** Takes the next record, oldest first. */
  public void add(byte[] bytes) {
    StateRecord<K> part = StateRecord.decode(bytes, keys);
    unfinished.add(part.delta());
    if (part.isLast()) {
      unfinished.forEach(this::apply);
      unfinished.clear();
    }
  }

  private void apply(StateDelta<K> delta) {
    delta.stored().forEach(entry -> entries.put(entry.key(), entry));
    delta.dropped().forEach(entry -> entries.remove(entry.key()));
    seen.joinAll(delta.seen());
    horizon.joinAll(delta.horizon());
    writers.putAll(delta.writers());
    if (delta.known() != null) {
      known = new LinkedHashMap<>();
      delta.known().forEach(id -> known.put(id, 0L));
    }
    replicaId = delta.replicaId() != null ? delta.replicaId() : replicaId;
  }

  /** The state; who was known counts as away from now on. */
  ReplicaSnapshot<K> snapshot() {
    return new ReplicaSnapshot<>(List.copyOf(entries.values()), seen, horizon, known, writers);
  }

  /** Who the replica was, or null if it is new. */
  public @Nullable UUID replicaId() {
    return replicaId;
  }
}
