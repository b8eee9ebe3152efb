package io.p2pmap.spring.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.p2pmap.MapStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one open map in one registry, there until they are removed.
 *
 * <p>Threading: any thread records; one at a time removes.
 */
final class OpenMapMeters {

  private final MeterRegistry registry;
  private final Tags tags;
  private final StatusMeters<MapStatus> statusMeters;
  private final Timer replicationLag;
  private final DistributionSummary batchEntries;
  private final DistributionSummary batchBytes;
  private final @Nullable Timer storageForce; // of a persisted map only

  OpenMapMeters(
      MeterRegistry registry, String mapName, boolean isPersisted, Reading<MapStatus> reading) {
    this.registry = registry;
    this.tags = Tags.of("map", mapName);
    this.statusMeters = new StatusMeters<>(registry, reading, tags);
    MapGauges.register(statusMeters);
    MapCounters.register(statusMeters);
    this.replicationLag =
        Timer.builder("p2pmap.replication.lag")
            .description("From the stamp of another node's write until it is visible here")
            .tags(tags)
            .register(registry);
    this.batchEntries =
        DistributionSummary.builder("p2pmap.batch.entries")
            .description("Writes in one message")
            .tags(tags)
            .register(registry);
    this.batchBytes =
        DistributionSummary.builder("p2pmap.batch")
            .description("Length of one message of writes")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry);
    this.storageForce = isPersisted ? storage() : null;
  }

  private Timer storage() {
    StorageMeters.register(statusMeters);
    return Timer.builder("p2pmap.storage.force")
        .description("Writing and forcing the log of a persisted map")
        .tags(tags)
        .register(registry);
  }

  void lag(long millis) {
    replicationLag.record(millis, TimeUnit.MILLISECONDS);
  }

  void batch(int entries, int lengthBytes) {
    batchEntries.record(entries);
    batchBytes.record(lengthBytes);
  }

  void forced(Duration duration) {
    if (storageForce != null) {
      storageForce.record(duration);
    }
  }

  void remove() {
    statusMeters.remove();
    registry.remove(replicationLag);
    registry.remove(batchEntries);
    registry.remove(batchBytes);
    if (storageForce != null) {
      registry.remove(storageForce);
    }
  }
}
