package io.p2pmap;

import io.p2pmap.internal.storage.RecoveryReport;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StoreListener;
import io.p2pmap.internal.storage.StoreStatus;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log, the instrumentation and the node's listeners what a map's store found, and how it
 * does. Threading: the store's thread.
 */
final class StorageLog implements StoreListener {

  private static final Logger LOG = LoggerFactory.getLogger(StorageLog.class);

  private final String mapName;
  private final Instrumentation instrumentation;
  private final NodeFeeds listeners;

  StorageLog(
      String mapName, StoreStatus status, Instrumentation instrumentation, NodeFeeds listeners) {
    this.mapName = mapName;
    this.instrumentation = instrumentation;
    this.listeners = listeners;
    report(status.location(), status.recovery());
  }

  private void report(String location, RecoveryReport recovery) {
    LOG.info(
        "Map '{}' was recovered from {}: {} records, {} bytes in {} ms",
        mapName,
        location,
        recovery.records(),
        recovery.bytes(),
        recovery.duration().toMillis());
    if (recovery.tornTail() != null) {
      LOG.info("Map '{}': an unfinished write was cut off: {}", mapName, recovery.tornTail());
    }
    recovery.warnings().forEach(warning -> LOG.warn("Map '{}': {}", mapName, warning));
    recovery
        .damages()
        .forEach(
            damage ->
                LOG.warn(
                    "Map '{}' lost data in {}: {}; what other nodes hold comes back from them",
                    mapName,
                    location,
                    damage));
  }

  @Override
  public void forced(Duration duration) {
    instrumentation.storageForced(mapName, duration);
  }

  @Override
  public void degraded(StorageException cause) {
    LOG.error("Map '{}' takes no writes until its disk works again", mapName, cause);
    listeners.tell(new NodeEvent.MapDegraded(mapName, String.valueOf(cause.getMessage())));
  }

  @Override
  public void healed() {
    LOG.info("Map '{}' takes writes again", mapName);
    listeners.tell(new NodeEvent.MapHealed(mapName));
  }
}
