package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.Message;
import org.jspecify.annotations.Nullable;

/**
 * Measures what happens at one map. Threading: the node's threads, never under the map's lock; must
 * return at once and not throw.
 */
public interface MapProbe {

  /** A write of another node is visible since now; see {@link Arrival}. */
  void writeArrived(long lagMillis);

  /** Own writes leave in a message of {@code lengthBytes}. */
  void batchSent(int entries, int lengthBytes);

  /** The first part of a transfer has arrived. */
  Receiving receivingTransfer(Message.Kind kind);

  /** A transfer that is arriving. */
  @FunctionalInterface
  interface Receiving {

    /** Its last part was handled, or {@code failure} says why it never will be. */
    void ended(@Nullable Throwable failure);
  }
}
