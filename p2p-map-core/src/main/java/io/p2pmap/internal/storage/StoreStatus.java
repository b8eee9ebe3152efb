package io.p2pmap.internal.storage;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a store says about itself.
 *
 * @param location where its files are
 * @param degradedCause why nothing becomes durable, or null
 * @param logBytes length of the log files that the last snapshot doesn't replace
 * @param snapshotBytes length of the last snapshot, 0 if there is none
 * @param lastSnapshot when the last snapshot of this run was completed
 * @param snapshotFailure why the last attempt at a snapshot failed, or null
 */
public record StoreStatus(
    String location,
    State state,
    @Nullable StorageException degradedCause,
    long logBytes,
    long snapshotBytes,
    @Nullable Instant lastSnapshot,
    @Nullable String snapshotFailure,
    Forces forces,
    Traffic traffic,
    RecoveryReport recovery) {

  /** Whether what is appended becomes durable. */
  public enum State {
    HEALTHY,
    DEGRADED,
    CLOSED
  }

  /**
   * The forces of the log in this run.
   *
   * @param total time that all of them took, with their writes
   */
  public record Forces(
      long count, Duration total, @Nullable Instant last, @Nullable Duration lastDuration) {}

  /**
   * What was appended and written in this run.
   *
   * @param appendedRecords taken
   * @param durableRecords of those, on disk
   * @param logBytes written to log files, without preallocation
   * @param snapshots completed
   * @param snapshotBytes written to completed snapshots
   */
  public record Traffic(
      long appendedRecords,
      long durableRecords,
      long logBytes,
      long snapshots,
      long snapshotBytes) {}
}
