package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The removals that a replica remembers, and the replicas that each waits for, at one instant.
 *
 * @param writers node names of the origins, as far as they are known
 */
public record Tombstones<K>(
    List<Entry<K>> entries, List<Knower> knowers, Map<UUID, String> writers) {

  /**
   * A replica that may hold an older entry.
   *
   * @param replicaId its id, or its incarnation if it has not said it
   * @param incarnation its member in the view, or null if there is none
   * @param awayNanos how long it has been away; zero if it is in the view
   * @param acknowledged what it is known to have seen, or null if nothing is known in this view
   */
  public record Knower(
      UUID replicaId,
      @Nullable UUID incarnation,
      long awayNanos,
      @Nullable VersionVector acknowledged) {

    /** Whether it is known to have seen {@code tombstone}. */
    public boolean knows(Entry<?> tombstone) {
      return acknowledged != null && acknowledged.covers(tombstone);
    }
  }
}
