package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.MapStore;
import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.OnCorruption;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Stores with their threads on a simulated disk. */
class SimulatedDiskStoreTest extends MapStoreContract {

  private final SimulatedDisk disk = new SimulatedDisk();

  @Override
  MapStores stores() {
    return new MapStores() {
      @Override
      public MapStore open(String name, Consumer<byte[]> records) {
        try {
          if (disk.list().isEmpty()) {
            StoreFiles.create(disk, name);
          }
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        Recovery recovery = Recovery.of(disk, name, OnCorruption.RECOVER, records);
        return new LogMapStore(name, disk, recovery, TUNING);
      }

      @Override
      public void delete(String name) {
        try {
          disk.destroy();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  @Override
  Map<String, String> files() throws Exception {
    Map<String, String> files = new TreeMap<>();
    for (String name : disk.list()) {
      files.put(name, Integer.toString(Arrays.hashCode(disk.file(name).bytes())));
    }
    return files;
  }
}
