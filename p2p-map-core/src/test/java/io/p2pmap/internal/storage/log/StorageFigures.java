package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.RecoveryReport;
import io.p2pmap.internal.storage.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures the store against a bare file: acknowledged writes with 1, 4 and 16 threads, unforced
 * writes, and recovery. Nothing is asserted, because a busy machine gives any figure; see
 * docs/storage.md.
 */
@Tag("storage-campaign")
class StorageFigures {

  private static final int RECORD_BYTES = 170;
  private static final long KEYS = 10_000;
  private static final Duration TIME = Duration.ofSeconds(3);

  @TempDir private Path root;

  @Test
  void acknowledgedWritesAgainstABareFile() throws Exception {
    for (int round = 0; round < 3; round++) {
      double bare = BareFile.forcesPerSecond(root, RECORD_BYTES + Frame.HEADER_BYTES, TIME);
      for (int threads : new int[] {1, 4, 16}) {
        double puts = puts(threads);
        Campaigns.report(
            "store, %2d threads: %,.0f writes/s, %.2f x bare forces"
                .formatted(threads, puts, puts / bare));
      }
    }
  }

  private MapStores stores() {
    return LogMapStores.of(root, "node", StorageSettings.defaults());
  }

  private double puts(int threads) {
    StoredMap map = StoredMap.open(stores(), "puts", RECORD_BYTES);
    try {
      runWriters(map, threads, TIME.dividedBy(3)); // warm-up
      long start = System.nanoTime();
      return perSecond(runWriters(map, threads, TIME), start);
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

  @Test
  void unforcedWrites() {
    StoredMap map = StoredMap.open(stores(), "unforced", RECORD_BYTES);
    long start = System.nanoTime();
    long position = 0;
    for (long i = 0; i < 1_000_000; i++) {
      position = map.write(i % 100_000, i);
    }
    double appended = perSecond(1_000_000, start);
    map.store().await(position);
    Campaigns.report(
        "store, unawaited: %,.0f writes/s appended, %,.0f with the last force"
            .formatted(appended, perSecond(1_000_000, start)));
    map.store().delete();
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 1_000_000})
  void recovery(int records) {
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
      RecoveryReport report = map.store().status().recovery();
      Campaigns.report(
          "store, recovery of %,d records (%d files): %s"
              .formatted(map.entries().size(), report.files().size(), report.duration()));
      map.close();
    }
  }

  private static double perSecond(long count, long startNanos) {
    return count * 1e9 / (System.nanoTime() - startNanos);
  }
}
