package io.p2pmap.spring.metrics;

import io.p2pmap.MapStatus;
import io.p2pmap.StorageStatus;
import io.p2pmap.spring.metrics.StatusMeters.Described;
import java.util.function.ToDoubleFunction;

/** What is read off the status of a persisted map's files. */
final class StorageMeters {

  private StorageMeters() {}

  static void register(StatusMeters<MapStatus> meters) {
    meters.gauge(
        Described.of("storage.healthy", "Whether writes become durable, 1 or 0"),
        of(storage -> storage.state() == StorageStatus.State.HEALTHY ? 1 : 0));
    meters.gauge(
        Described.of("storage.log", "Length of the log since the last snapshot").in("bytes"),
        of(StorageStatus::logBytes));
    meters.gauge(
        Described.of("storage.snapshot", "Length of the last snapshot").in("bytes"),
        of(StorageStatus::snapshotBytes));
    meters.gauge(
        Described.of("storage.damages", "Damages that were found when the map was opened"),
        of(storage -> storage.recovery().damages().size()));
    meters.counter(
        Described.of("storage.written", "Written to logs and snapshots").in("bytes"),
        of(StorageStatus::writtenBytes));
    meters.counter(
        Described.of("storage.snapshots", "Snapshots that were completed"),
        of(storage -> storage.snapshots().count()));
  }

  private static ToDoubleFunction<MapStatus> of(ToDoubleFunction<StorageStatus> value) {
    return status -> {
      StorageStatus storage = status.storage();
      return storage == null ? Double.NaN : value.applyAsDouble(storage);
    };
  }
}
