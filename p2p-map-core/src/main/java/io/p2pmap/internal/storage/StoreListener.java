package io.p2pmap.internal.storage;

import java.time.Duration;

/** Hears of a store's health. Called on the store's thread, which waits for it. */
public interface StoreListener {

  /** Nothing becomes durable from now on. */
  void degraded(StorageException cause);

  /** Everything appended so far that the snapshot covers is durable, and the store works again. */
  void healed();

  /** The log was written and forced, which took {@code duration}; nobody waits for it any more. */
  default void forced(Duration duration) {}

  /** A listener that does nothing. */
  static StoreListener none() {
    return new StoreListener() {
      @Override
      public void degraded(StorageException cause) {}

      @Override
      public void healed() {}
    };
  }
}
