package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots while a map is written to. */
class CompactionTest {

  private static final int RECORD_BYTES = 170;
  private static final long ENTRY_BYTES = RECORD_BYTES + Frame.HEADER_BYTES;
  private static final long SIDE_FILES_BYTES = 2_000;

  @TempDir Path root;

  private StoredMap open(long floorBytes) {
    Tuning tuning = Tunings.withFloor(Tuning.of(Duration.ofMillis(100)), floorBytes);
    MapStores stores = LogMapStores.of(root, "node", StorageSettings.defaults(), tuning);
    return StoredMap.open(stores, "map", RECORD_BYTES);
  }

  @Test
  void theFilesStayWithinThreeTimesTheLiveData() throws Exception {
    int keys = 10_000;
    long live = keys * ENTRY_BYTES;
    long largest = 0;
    try (StoredMap map = open(64 * 1024)) {
      long position = 0;
      for (long i = 0; i < 150_000; i++) {
        position = map.write(i % keys, i);
        if (i % 500 == 0) {
          map.store().await(position);
          largest = Math.max(largest, usedBytes());
        }
      }
      assertThat(map.store().status().traffic().snapshots()).isGreaterThan(10);
    }
    // What is written while a snapshot is, and preallocation, come on top of the three.
    assertThat(largest).isLessThan(7 * live / 2 + SIDE_FILES_BYTES);
    try (StoredMap map = open(64 * 1024)) {
      assertThat(map.entries()).hasSize(keys).containsEntry(keys - 1L, 149_999L);
      assertThat(usedBytes()).isLessThan(3 * live + SIDE_FILES_BYTES);
    }
  }

  private long usedBytes() throws IOException {
    long sum = 0;
    try (Stream<Path> paths = Files.list(root.resolve("node/map"))) {
      for (Path path : paths.toList()) {
        try {
          sum += Files.size(path);
        } catch (IOException e) {
          // It has been replaced meanwhile.
        }
      }
    }
    return sum;
  }

  @Test
  void aSnapshotOfManyEntriesPausesNoWriterForLong() {
    int keys = 100_000;
    try (StoredMap map = open(4 << 20)) {
      long position = 0;
      for (long key = 0; key < keys; key++) {
        position = map.write(key, key);
      }
      map.store().await(position);
      await().until(() -> map.store().status().traffic().snapshots() > 0);
      long snapshots = map.store().status().traffic().snapshots();
      Pauses appends = new Pauses();
      Pauses puts = new Pauses();
      for (long i = 0; map.store().status().traffic().snapshots() < snapshots + 2; i++) {
        long start = System.nanoTime();
        position = map.write(i % keys, i);
        long appended = System.nanoTime();
        appends.add(appended - start);
        if (i % 20 == 0) {
          map.store().await(position);
          puts.add(System.nanoTime() - appended);
        }
      }
      Campaigns.report("while snapshots of 100,000 entries are written, append: " + appends);
      Campaigns.report("while snapshots of 100,000 entries are written, await: " + puts);
      // Not the longest: the scheduler of a busy machine takes its own pauses.
      assertThat(appends.percentile(0.9999)).isLessThan(Duration.ofMillis(50));
      assertThat(puts.percentile(0.99)).isLessThan(Duration.ofMillis(50));
    }
  }
}
