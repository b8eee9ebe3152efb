package io.p2pmap.internal.storage.log;

import java.time.Duration;

/** Changed tunings. */
final class Tunings {

  private Tunings() {}

  static Tuning withFloor(Tuning tuning, long compactionFloorBytes) {
    return new Tuning(
        tuning.lazyForce(),
        tuning.eagerBytes(),
        tuning.maxPendingBytes(),
        tuning.minPreallocationBytes(),
        tuning.maxPreallocationBytes(),
        compactionFloorBytes,
        tuning.sliceBytes(),
        tuning.company(),
        tuning.firstRetry(),
        tuning.lastRetry());
  }

  static Tuning withRetry(Tuning tuning, Duration firstRetry, long maxPendingBytes) {
    return new Tuning(
        tuning.lazyForce(),
        tuning.eagerBytes(),
        maxPendingBytes,
        tuning.minPreallocationBytes(),
        tuning.maxPreallocationBytes(),
        tuning.compactionFloorBytes(),
        tuning.sliceBytes(),
        tuning.company(),
        firstRetry,
        tuning.lastRetry());
  }
}
