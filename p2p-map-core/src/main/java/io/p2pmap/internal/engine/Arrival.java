package io.p2pmap.internal.engine;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Stamp;
import io.p2pmap.internal.replication.Change;
import io.p2pmap.internal.replication.Effects;
import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.replication.Replica;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message that is measured: how long after their stamps its writes get visible. Nothing counts
 * before the replica has caught up, since a node that starts takes over what is old; nor do writes
 * that this node makes of what it received.
 *
 * <p>Threading: one thread.
 */
final class Arrival<K> {

  private final UUID sender;
  private final Message<K> message;
  private List<Change<K>> news = List.of();
  private @Nullable UUID ownOrigin;

  Arrival(UUID sender, Message<K> message) {
    this.sender = sender;
    this.message = message;
  }

  /** Hands the message over; under the map's lock. */
  Effects<K> apply(Replica<K> replica, Now now) {
    boolean hadCaughtUp = replica.isCaughtUp();
    Effects<K> effects = replica.receive(sender, message, now);
    Stamp own = replica.lastWrite();
    ownOrigin = own == null ? null : own.origin();
    news = hadCaughtUp ? effects.changes() : List.of();
    return effects;
  }

  /** Tells the lag of each write; outside the lock. */
  void tell(MapProbe probe, long wallMillis) {
    for (Change<K> change : news) {
      Entry<K> entry = change.after() != null ? change.after() : change.removal();
      if (entry != null
          && change.cause() == Change.Cause.WRITTEN
          && !entry.origin().equals(ownOrigin)) {
        probe.writeArrived(Math.max(0, wallMillis - HybridTime.epochMillis(entry.time())));
      }
    }
  }
}
