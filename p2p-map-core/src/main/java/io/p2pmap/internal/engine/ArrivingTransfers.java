package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.Message;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The transfers of one map that have begun to arrive, for its probe: one a sender, from its first
 * part to its last one, or to when it is clear that there will be none.
 *
 * <p>Threading: any thread.
 */
final class ArrivingTransfers {

  /** The replica gives up earlier; this only ends the measuring. */
  private static final long STALLED_NANOS = TimeUnit.MINUTES.toNanos(1);

  private record Arriving(long id, long lastPartNanos, MapProbe.Receiving receiving) {}

  private final MapProbe probe;
  private final Map<UUID, Arriving> bySender = new ConcurrentHashMap<>();

  ArrivingTransfers(MapProbe probe) {
    this.probe = probe;
  }

  /** A message is about to be handled. */
  void receiving(UUID sender, Message<?> message, long nowNanos) {
    if (!(message instanceof Message.Chunk<?> part)) {
      return;
    }
    Arriving before = bySender.get(sender);
    boolean isSame = before != null && before.id() == part.transferId();
    if (before != null && !isSame) {
      abandon(sender, "another transfer took its place");
    }
    if (before != null && isSame) {
      bySender.put(sender, new Arriving(before.id(), nowNanos, before.receiving()));
    } else if (part.header() != null) {
      MapProbe.Receiving receiving = probe.receivingTransfer(part.header().kind());
      bySender.put(sender, new Arriving(part.transferId(), nowNanos, receiving));
    }
  }

  /** A message was handled. */
  void received(UUID sender, Message<?> message) {
    if (message instanceof Message.Chunk<?> part && part.isLast()) {
      Arriving ended = bySender.remove(sender);
      if (ended != null) {
        ended.receiving().ended(null);
      }
    }
  }

  void membersChanged(Collection<UUID> others) {
    for (UUID sender : bySender.keySet()) {
      if (!others.contains(sender)) {
        abandon(sender, "its sender is gone");
      }
    }
  }

  /** Gives up those that stand still. */
  void tick(long nowNanos) {
    bySender.forEach(
        (sender, arriving) -> {
          if (nowNanos - arriving.lastPartNanos() > STALLED_NANOS) {
            abandon(sender, "nothing of it arrived for a minute");
          }
        });
  }

  private void abandon(UUID sender, String reason) {
    Arriving abandoned = bySender.remove(sender);
    if (abandoned != null) {
      abandoned.receiving().ended(new TransferAbandonedException(reason));
    }
  }

  /** Why a transfer did not arrive as a whole; an exception because traces want one. */
  private static final class TransferAbandonedException extends Exception {

    TransferAbandonedException(String reason) {
      super("The transfer was abandoned: " + reason, null, false, false);
    }
  }
}
