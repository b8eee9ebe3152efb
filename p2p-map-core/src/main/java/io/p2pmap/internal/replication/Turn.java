package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects the effects of one input.
 *
 * <p>Threading: confined to the call that handles the input.
 */
final class Turn<K> {

  private final Now now;
  private final ArrayList<Change<K>> changes = new ArrayList<>(1);
  private @Nullable List<Outgoing<K>> messages;

  Turn(Now now) {
    this.now = now;
  }

  Now now() {
    return now;
  }

  /** Up to so many changes are to come. */
  void expectChanges(int count) {
    changes.ensureCapacity(count);
  }

  void changed(
      K key,
      @Nullable Entry<K> before,
      @Nullable Entry<K> after,
      Change.Cause cause,
      @Nullable Entry<K> removal) {
    if (before != null || after != null) {
      changes.add(new Change<>(key, before, after, cause, removal));
    }
  }

  void unicast(UUID receiver, Message<K> message) {
    send(new Outgoing<>(receiver, message));
  }

  void multicast(Message<K> message) {
    send(new Outgoing<>(null, message));
  }

  private void send(Outgoing<K> outgoing) {
    if (messages == null) {
      messages = new ArrayList<>();
    }
    messages.add(outgoing);
  }

  Effects<K> effects(@Nullable StateDelta<K> delta) {
    return new Effects<>(changes, messages == null ? List.of() : messages, delta);
  }
}
