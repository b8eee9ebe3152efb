package io.p2pmap.test;

import io.p2pmap.ReplicatedMap;
import java.time.Duration;
import java.util.Map;

/**
 * Whether the replicas of a map hold the same, and know that they do.
 *
 * <p>Threading: confined to one thread.
 */
final class Agreement {

  private final String mapName;
  private final Map<String, ReplicatedMap<?, ?>> replicas;

  /** Compares replicas, by the names of their nodes. */
  Agreement(String mapName, Map<String, ReplicatedMap<?, ?>> replicas) {
    this.mapName = mapName;
    this.replicas = replicas;
  }

  void await(Duration timeout) {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    try {
      // What one knows may be outdated when the last one knows: so they are compared afterwards.
      while (!(knowThatTheyAgree(deadlineNanos) && areEqual())) {
        if (System.nanoTime() - deadlineNanos >= 0) {
          throw new AssertionError(
              "Map '%s' differs after %s: %s"
                  .formatted(mapName, timeout, new Difference(replicas).text()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while nodes were to agree on '" + mapName + "'", e);
    }
  }

  private boolean knowThatTheyAgree(long deadlineNanos) throws InterruptedException {
    for (ReplicatedMap<?, ?> replica : replicas.values()) {
      long leftNanos = Math.max(0, deadlineNanos - System.nanoTime());
      if (!replica.awaitInSync(Duration.ofNanos(leftNanos))) {
        return false;
      }
    }
    return true;
  }

  private boolean areEqual() {
    return replicas.values().stream().map(map -> map.status().fingerprint()).distinct().count()
        == 1;
  }
}
