package io.p2pmap.internal.storage;

import java.util.Iterator;

/**
 * The map as its store sees it: can be captured as records that stand for all that were appended.
 */
@FunctionalInterface
public interface SnapshotSource {

  /**
   * Captures the map at one instant, at which no record is being appended: calls {@code atInstant}
   * once, which doesn't block, under the map's lock. The iterator is read outside the lock, on the
   * store's thread, while the map goes on to change; what it returns doesn't.
   */
  Iterator<byte[]> capture(Runnable atInstant);
}
