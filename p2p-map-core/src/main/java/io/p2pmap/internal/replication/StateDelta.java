package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one input changed of a replica's state. Applied in order, all deltas of a replica give its
 * state; applied in part, one would let the vector get ahead of the entries it covers (B12).
 *
 * @param stored entries that took the place of what was there for their keys
 * @param dropped entries that were taken away
 * @param seen components of the version vector that rose
 * @param horizon components of the horizon that rose
 * @param writers node names of origins that are new
 * @param known every known replica, or null if that did not change
 * @param replicaId who this replica is; in the first delta of a store only, else null
 */
public record StateDelta<K>(
    List<Entry<K>> stored,
    List<Entry<K>> dropped,
    VersionVector seen,
    VersionVector horizon,
    Map<UUID, String> writers,
    @Nullable Set<UUID> known,
    @Nullable UUID replicaId) {

  /** A delta of entries only. */
  public static <K> StateDelta<K> ofEntries(List<Entry<K>> stored) {
    return new StateDelta<>(
        stored, List.of(), new VersionVector(), new VersionVector(), Map.of(), null, null);
  }

  boolean isEmpty() {
    return stored.isEmpty()
        && dropped.isEmpty()
        && seen.size() == 0
        && horizon.size() == 0
        && writers.isEmpty()
        && known == null
        && replicaId == null;
  }
}
