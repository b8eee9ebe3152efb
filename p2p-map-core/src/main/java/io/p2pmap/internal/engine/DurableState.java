package io.p2pmap.internal.engine;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.ReplicaSnapshot;
import io.p2pmap.internal.replication.StateDelta;
import io.p2pmap.internal.storage.MapStore;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StoreStatus;
import io.p2pmap.internal.wire.StateRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes a replica's deltas and snapshots into a store, in parts of about a megabyte.
 *
 * <p>Threading: {@link #record} under the map's lock, which keeps the order; the rest anywhere.
 */
public final class DurableState<K> implements Durability<K> {

  private static final int PART_BYTES = 1 << 20;

  private final MapStore store;
  private final UUID replicaId;

  /** Creates the state of the replica with this id. */
  public DurableState(MapStore store, UUID replicaId) {
    this.store = store;
    this.replicaId = replicaId;
  }

  @Override
  public long record(@Nullable StateDelta<K> delta) {
    if (delta == null) {
      return NOTHING;
    }
    List<List<Entry<K>>> parts = parts(delta.stored());
    for (int i = 0; i < parts.size() - 1; i++) {
      store.append(new StateRecord<>(StateDelta.ofEntries(parts.get(i)), false).encode());
    }
    StateDelta<K> last =
        new StateDelta<>(
            parts.get(parts.size() - 1),
            delta.dropped(),
            delta.seen(),
            delta.horizon(),
            delta.writers(),
            delta.known(),
            delta.replicaId());
    return store.append(new StateRecord<>(last, true).encode());
  }

  /** Cuts a list into parts of about a megabyte; at least one, which may be empty. */
  private static <K> List<List<Entry<K>>> parts(List<Entry<K>> entries) {
    List<List<Entry<K>>> parts = new ArrayList<>();
    int start = 0;
    int bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      bytes += entries.get(i).lengthBytes();
      if (bytes >= PART_BYTES) {
        parts.add(entries.subList(start, i + 1));
        start = i + 1;
        bytes = 0;
      }
    }
    parts.add(entries.subList(start, entries.size()));
    return parts;
  }

  /** The records that stand for all of {@code snapshot}; encoded as they are asked for. */
  Iterator<byte[]> records(ReplicaSnapshot<K> snapshot) {
    List<List<Entry<K>>> parts = parts(snapshot.entries());
    StateDelta<K> end =
        new StateDelta<>(
            List.of(),
            List.of(),
            snapshot.seen(),
            snapshot.horizon(),
            snapshot.writers(),
            snapshot.absences().keySet(),
            replicaId);
    Iterator<List<Entry<K>>> each = parts.iterator();
    return new Iterator<>() {
      private boolean isEnded;

      @Override
      public boolean hasNext() {
        return !isEnded;
      }

      @Override
      public byte[] next() {
        isEnded = !each.hasNext();
        StateDelta<K> part = isEnded ? end : StateDelta.ofEntries(each.next());
        return new StateRecord<>(part, isEnded).encode();
      }
    };
  }

  /** Notes who this replica is; the first record of a store. */
  void begin() {
    store.append(
        new StateRecord<>(
                new StateDelta<K>(
                    List.of(),
                    List.of(),
                    new VersionVector(),
                    new VersionVector(),
                    Map.of(),
                    null,
                    replicaId),
                true)
            .encode());
  }

  @Override
  public void await(long position) {
    if (position != NOTHING) {
      store.await(position);
    }
  }

  @Override
  public void requireWritable() {
    StorageException cause = store.degradedCause();
    if (cause != null) {
      throw new StorageException(cause.description(), cause.action(), cause);
    }
  }

  /** What the store says about itself. */
  public StoreStatus status() {
    return store.status();
  }

  /** The store itself. */
  public MapStore store() {
    return store;
  }
}
