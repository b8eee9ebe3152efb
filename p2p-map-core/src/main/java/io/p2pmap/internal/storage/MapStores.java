package io.p2pmap.internal.storage;

import java.util.function.Consumer;

/**
 * The stores of one node, one a map.
 *
 * <p>Threading: any thread.
 */
public interface MapStores {

  /**
   * Opens the store of a map, makes it if there is none, and gives what it holds to {@code
   * records}, oldest first, on the calling thread. What they say is a state that the map once had:
   * everything up to some append, nothing behind it, and no awaited record is missing unless {@link
   * StoreStatus#recovery} names the damage. {@link MapStore#start} must follow.
   *
   * @throws StorageException if the store is in use, can't be read, or is damaged and the settings
   *     say {@link OnCorruption#FAIL}; then its files are as they were
   */
  MapStore open(String mapName, Consumer<byte[]> records);

  /**
   * Removes the files of a map whose store is not open, if there are any.
   *
   * @throws StorageException if the store is open, or can't be removed
   */
  void delete(String mapName);
}
