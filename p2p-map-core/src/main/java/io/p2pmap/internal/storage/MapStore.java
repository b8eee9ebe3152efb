package io.p2pmap.internal.storage;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of one map: a log of them, and snapshots that replace its older part.
 *
 * <p>What {@link #append} took survives a crash as a prefix: if a record is there after it, so is
 * every record before it. A snapshot counts as everything up to its instant.
 *
 * <p>Threading: any thread. {@link #append} is meant to be called under the map's lock and never
 * blocks; {@link #await}, {@link #close} and {@link #delete} must not be called under it.
 */
public interface MapStore extends AutoCloseable {

  /** The longest record. */
  int MAX_RECORD_BYTES = 64 * 1024 * 1024;

  /**
   * Begins to write. Called once, after the recovered records have been applied.
   *
   * @param source what the map holds, asked for when the log has outgrown the last snapshot
   */
  void start(SnapshotSource source, StoreListener listener);

  /**
   * Takes a record, which nobody changes from now on, and returns its position. It is forced to
   * disk soon after {@link #start}; {@link #await} makes it now. While the store is degraded a
   * record becomes durable with the snapshot that ends that state.
   *
   * @throws IllegalArgumentException if it is longer than {@link #MAX_RECORD_BYTES}
   */
  long append(byte[] record);

  /**
   * Returns when every record up to {@code position} is on disk. One force serves all who wait. An
   * interrupt doesn't end the wait, and is kept.
   *
   * @throws StorageException if that failed; the record may be found after a restart, or not
   */
  void await(long position);

  /** Why nothing can be made durable now, or null if it can. */
  @Nullable StorageException degradedCause();

  /** What is known at this instant. */
  StoreStatus status();

  /**
   * Forces what was appended, and ends the store; its files stay.
   *
   * @throws StorageException if not everything could be forced; the store is closed all the same
   */
  @Override
  void close();

  /**
   * Ends the store, and removes its files; does nothing after {@link #close}.
   *
   * @throws StorageException if they can't be removed; the store is closed all the same
   */
  void delete();
}
