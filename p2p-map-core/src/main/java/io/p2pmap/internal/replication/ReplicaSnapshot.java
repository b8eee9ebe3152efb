package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Everything a replica has to find again after a restart, taken at one instant (B12).
 *
 * @param entries every entry, tombstones included
 * @param absences known replicas and how long each has been away, in nanoseconds
 */
public record ReplicaSnapshot<K>(
    List<Entry<K>> entries,
    VersionVector seen,
    VersionVector horizon,
    Map<UUID, Long> absences,
    Map<UUID, String> writers) {}
