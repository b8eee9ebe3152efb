package io.p2pmap.internal.storage.log;

import java.time.Duration;

/**
 * What a store does when; measured, see docs/storage.md.
 *
 * @param lazyForce the longest that a record nobody waits for stays unforced
 * @param eagerBytes so many pending bytes are forced at once
 * @param maxPendingBytes beyond so many the disk is too slow, and the store degraded
 * @param minPreallocationBytes first step in which a log grows
 * @param maxPreallocationBytes last step in which a log grows
 * @param compactionFloorBytes a log up to this length is never too long
 * @param sliceBytes so much of a snapshot is written and forced between two forces of the log
 * @param company how long a force waits for writers that were there for the one before
 * @param firstRetry after a failure; doubled from then on
 */
record Tuning(
    Duration lazyForce,
    int eagerBytes,
    long maxPendingBytes,
    int minPreallocationBytes,
    int maxPreallocationBytes,
    long compactionFloorBytes,
    int sliceBytes,
    Duration company,
    Duration firstRetry,
    Duration lastRetry) {

  private static final int KB = 1024;
  private static final int MB = 1024 * KB;

  static Tuning of(Duration lazyForce) {
    return new Tuning(
        lazyForce,
        MB,
        Math.min(256L * MB, Runtime.getRuntime().maxMemory() / 4),
        64 * KB,
        4 * MB,
        4 * MB,
        256 * KB,
        Duration.ofNanos(30_000),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10));
  }

  /**
   * Whether a log of this length is to be replaced by a snapshot. While that is written there are
   * two snapshots, this log, and the next: three times the live data, if the writers aren't quick.
   */
  boolean isTooLong(long logBytes, long snapshotBytes) {
    return logBytes > Math.max(compactionFloorBytes, snapshotBytes / 4 * 3);
  }
}
