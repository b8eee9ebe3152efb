package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a replica knows at one instant.
 *
 * @param shown entries that readers see
 * @param lasting fingerprint of the live entries that do not expire
 * @param unsent own writes that have not left
 */
public record ReplicaStatus(
    int shown,
    int tombstones,
    Fingerprint lasting,
    boolean isCaughtUp,
    boolean isClockConfirmed,
    Unsent unsent,
    List<PeerStatus> peers,
    Map<String, Long> counters) {

  /** Own writes that have not left, with the length of their entries. */
  public record Unsent(int writes, long lengthBytes) {}

  /**
   * What is known about one other member that hosts the map, or has not said that it does not.
   *
   * @param lastHeardNanos how long ago it reported, or null if never in this view
   * @param clockOffsetMillis its clock minus this node's, or null if not measured
   */
  public record PeerStatus(
      UUID incarnation,
      Agreement agreement,
      @Nullable Long lastHeardNanos,
      @Nullable Long clockOffsetMillis) {}
}
