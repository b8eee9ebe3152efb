package io.p2pmap.internal.replication;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one request for missing entries that may be open at a time, so that a node that has missed
 * something is not sent it by everybody (B30). It lapses without progress.
 *
 * <p>Threading: confined to its replica.
 */
final class Pull {

  private final long patienceNanos;
  private @Nullable UUID from;
  private long lastProgressNanos;

  Pull(Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  void started(UUID peer, long nowNanos) {
    from = peer;
    lastProgressNanos = nowNanos;
  }

  void progressed(UUID peer, long nowNanos) {
    if (peer.equals(from)) {
      lastProgressNanos = nowNanos;
    }
  }

  /** The peer has sent what it had, has nothing, or is gone. */
  void answered(UUID peer) {
    if (peer.equals(from)) {
      from = null;
    }
  }

  boolean isUnderWay(long nowNanos) {
    return from != null && nowNanos - lastProgressNanos < patienceNanos;
  }
}
