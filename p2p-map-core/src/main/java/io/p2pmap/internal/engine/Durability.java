package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.StateDelta;
import org.jspecify.annotations.Nullable;

/** What a driver does to make its replica's state last. */
interface Durability<K> {

  /** A position that needs no waiting. */
  long NOTHING = -1;

  /**
   * Takes what an input changed; called under the map's lock, so it must only buffer.
   *
   * @return the position to {@link #await}, or {@link #NOTHING}
   */
  long record(@Nullable StateDelta<K> delta);

  /**
   * Returns when everything up to {@code position} is on disk.
   *
   * @throws io.p2pmap.internal.storage.StorageException if it is not and will not be
   */
  void await(long position);

  /**
   * Does nothing while writes can be made durable.
   *
   * @throws io.p2pmap.internal.storage.StorageException if they can't
   */
  void requireWritable();

  /** For a map that is not persisted. */
  static <K> Durability<K> none() {
    return new Durability<>() {
      @Override
      public long record(@Nullable StateDelta<K> delta) {
        return NOTHING;
      }

      @Override
      public void await(long position) {}

      @Override
      public void requireWritable() {}
    };
  }
}
