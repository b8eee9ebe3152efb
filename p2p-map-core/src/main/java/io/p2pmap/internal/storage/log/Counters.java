package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.RecoveryReport;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StoreStatus;
import io.p2pmap.internal.storage.StoreStatus.Forces;
import io.p2pmap.internal.storage.StoreStatus.State;
import io.p2pmap.internal.storage.StoreStatus.Traffic;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one store.
 *
 * <p>Threading: any thread; each method sees and leaves them consistent.
 */
final class Counters {

  private boolean isClosed;
  private volatile @Nullable StorageException degradedCause;
  private long logBytes;
  private long snapshotBytes;
  private @Nullable Instant lastSnapshot;
  private @Nullable String snapshotFailure;
  private Forces forces = new Forces(0, Duration.ZERO, null, null);
  private long durableRecords;
  private long writtenLogBytes;
  private long snapshots;
  private long writtenSnapshotBytes;

  synchronized void sizes(long logBytes, long snapshotBytes) {
    this.logBytes = logBytes;
    this.snapshotBytes = snapshotBytes;
  }

  /** The log was forced; {@code durable} records are on disk now. */
  synchronized void forced(long bytes, long durable, long logBytes, Duration duration) {
    Duration total = forces.total().plus(duration);
    forces = new Forces(forces.count() + 1, total, Instant.now(), duration);
    writtenLogBytes += bytes;
    durableRecords = durable;
    this.logBytes = logBytes;
  }

  synchronized void snapshotWritten(long bytes, long logBytes) {
    snapshots++;
    writtenSnapshotBytes += bytes;
    lastSnapshot = Instant.now();
    snapshotFailure = null;
    sizes(logBytes, bytes);
  }

  synchronized void snapshotFailed(String reason) {
    snapshotFailure = reason;
  }

  synchronized void degraded(StorageException cause) {
    degradedCause = cause;
  }

  synchronized void healed(long durable) {
    degradedCause = null;
    durableRecords = durable;
  }

  /** Without a lock, since every write asks. */
  @Nullable StorageException degradedCause() {
    return degradedCause;
  }

  synchronized void closed() {
    isClosed = true;
  }

  synchronized long snapshotBytes() {
    return snapshotBytes;
  }

  synchronized StoreStatus status(String location, long appended, RecoveryReport recovery) {
    State state = isClosed ? State.CLOSED : degradedCause != null ? State.DEGRADED : State.HEALTHY;
    Traffic traffic =
        new Traffic(appended, durableRecords, writtenLogBytes, snapshots, writtenSnapshotBytes);
    return new StoreStatus(
        location,
        state,
        degradedCause,
        logBytes,
        snapshotBytes,
        lastSnapshot,
        snapshotFailure,
        forces,
        traffic,
        recovery);
  }
}
