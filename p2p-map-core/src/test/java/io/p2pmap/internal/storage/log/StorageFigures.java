package io.p2pmap.internal.storage.log;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.StorageSettings;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the store against a bare file: acknowledged writes with 1, 4 and 16 threads, unforced
 * writes, and recovery. Arguments: a directory on the disk to be measured; seconds a measurement.
 */
public final class StorageFigures {

  private static final int RECORD_BYTES = 170;
  private static final long KEYS = 10_000;

  private final Path root;
  private final Duration time;

  private StorageFigures(Path root, Duration time) {
    this.root = root;
    this.time = time;
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Files.createTempDirectory(Path.of(arguments[0]), "figures");
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[1]));
    try {
      new StorageFigures(root, time).measure();
    } finally {
      Leftovers.deleteTree(root);
    }
  }

  private void measure() throws Exception {
    for (int round = 0; round < 3; round++) {
      double bare = bareForces();
      System.out.printf("bare append and force: %,.0f/s%n", bare);
      for (int threads : new int[] {1, 4, 16}) {
        double puts = puts(threads);
        System.out.printf("  %2d threads: %,.0f/s, %.2f x bare%n", threads, puts, puts / bare);
      }
    }
    unforced();
    recovery(100_000);
    recovery(1_000_000);
  }

  private MapStores stores() {
    return LogMapStores.of(root, "node", StorageSettings.defaults());
  }

  private double bareForces() throws Exception {
    try (FileChannel file = FileChannel.open(root.resolve("bare"), CREATE, WRITE, APPEND)) {
      ByteBuffer record = ByteBuffer.allocateDirect(RECORD_BYTES + Frame.HEADER_BYTES);
      long count = 0;
      long start = System.nanoTime();
      long end = start + time.toNanos();
      while (System.nanoTime() < end) {
        file.write(record.clear());
        file.force(false);
        count++;
      }
      return perSecond(count, start);
    }
  }

  private double puts(int threads) {
    StoredMap map = StoredMap.open(stores(), "puts", RECORD_BYTES);
    try {
      runWriters(map, threads, time.dividedBy(3)); // warm-up
      long start = System.nanoTime();
      return perSecond(runWriters(map, threads, time), start);
    } finally {
      map.store().delete();
    }
  }

  private static long runWriters(StoredMap map, int threads, Duration time) {
    AtomicLong count = new AtomicLong();
    long end = System.nanoTime() + time.toNanos();
    MapStoreContract.inParallel(
        threads,
        () -> {
          long own = 0;
          while (System.nanoTime() < end) {
            map.put(own % KEYS, own);
            own++;
          }
          count.addAndGet(own);
        });
    return count.get();
  }

  private void unforced() {
    StoredMap map = StoredMap.open(stores(), "unforced", RECORD_BYTES);
    long start = System.nanoTime();
    long position = 0;
    for (long i = 0; i < 1_000_000; i++) {
      position = map.write(i % 100_000, i);
    }
    double appended = perSecond(1_000_000, start);
    map.store().await(position);
    System.out.printf(
        "unawaited: %,.0f/s appended, %,.0f/s with the last force%n",
        appended, perSecond(1_000_000, start));
    map.store().delete();
  }

  private void recovery(int records) {
    String name = "recovery-" + records;
    try (StoredMap map = StoredMap.open(stores(), name, RECORD_BYTES)) {
      long position = 0;
      for (long key = 0; key < records; key++) {
        position = map.write(key, key);
      }
      map.store().await(position);
    }
    for (int round = 0; round < 2; round++) {
      StoredMap map = StoredMap.open(stores(), name, RECORD_BYTES);
      System.out.printf(
          "recovery of %,d entries (%d files): %s%n",
          map.entries().size(),
          map.store().status().recovery().files().size(),
          map.store().status().recovery().duration());
      map.close();
    }
  }

  private static double perSecond(long count, long startNanos) {
    return count * 1e9 / (System.nanoTime() - startNanos);
  }
}
