package io.p2pmap.internal.engine;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.ConvergentReplica;
import io.p2pmap.internal.replication.Identity;
import io.p2pmap.internal.replication.ReplicaSettings;
import io.p2pmap.internal.storage.MapStore;
import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.StoreListener;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * A replica that was recovered from its store and goes on in it.
 *
 * @param recovered what the replica had seen when it was recovered
 */
public record DurableReplica<K>(
    ConvergentReplica<K> replica, DurableState<K> state, VersionVector recovered) {

  /**
   * Opens the store of a map and recovers the replica from it.
   *
   * @throws io.p2pmap.internal.storage.StorageException if the store can't be opened
   */
  public static <K> DurableReplica<K> open(
      String mapName,
      MapStores stores,
      Identity identity,
      ReplicaSettings settings,
      Map<K, Entry<K>> live,
      Function<byte[], K> keys,
      Now now) {
    Recovery<K> recovery = new Recovery<>(keys);
    MapStore store = stores.open(mapName, recovery::add);
    UUID found = recovery.replicaId();
    UUID replicaId = Objects.requireNonNullElseGet(found, UUID::randomUUID);
    Identity lasting = new Identity(identity.incarnation(), replicaId, identity.nodeName());
    ConvergentReplica<K> replica =
        new ConvergentReplica<>(lasting, settings.persisted(), live, UUID::randomUUID, now);
    replica.recover(recovery.snapshot(), now);
    DurableState<K> state = new DurableState<>(store, replicaId);
    if (found == null) {
      state.begin();
    }
    return new DurableReplica<>(replica, state, recovery.snapshot().seen().copy());
  }

  /** Begins to write; {@code driver} drives the replica. */
  public void start(ReplicaDriver<K> driver, StoreListener listener) {
    state
        .store()
        .start(
            atInstant ->
                state.records(
                    driver.exclusively(
                        now -> {
                          atInstant.run();
                          return replica.snapshot(now);
                        })),
            listener);
  }
}
