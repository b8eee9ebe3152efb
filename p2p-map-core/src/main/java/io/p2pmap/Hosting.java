package io.p2pmap;

import io.p2pmap.internal.engine.DurableReplica;
import io.p2pmap.internal.engine.HostedMap;
import io.p2pmap.internal.storage.StorageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A map's place on its node, and in its store if it is persisted. */
record Hosting(HostedMap<Object> map, @Nullable DurableReplica<Object> durable) {

  private static final Logger LOG = LoggerFactory.getLogger(Hosting.class);

  static Hosting inMemory(HostedMap<Object> map) {
    return new Hosting(map, null);
  }

  /** What the store says about itself, or null if there is none. */
  @Nullable StorageStatus storage() {
    return durable == null ? null : StorageReport.of(durable.state().status());
  }

  /** Ends the store after the last input; its files stay. */
  void closeStorage() {
    if (durable == null) {
      return;
    }
    try {
      durable.state().store().close();
    } catch (StorageException e) { // whoever wrote and waited has been told
      LOG.warn("Map '{}' is closed, but not all it had heard is on disk", map.name(), e);
    }
  }

  /**
   * Ends the store after the last input, and removes its files.
   *
   * @throws StorageException if that is not possible
   */
  void deleteStorage() {
    if (durable != null) {
      durable.state().store().delete();
    }
  }
}
