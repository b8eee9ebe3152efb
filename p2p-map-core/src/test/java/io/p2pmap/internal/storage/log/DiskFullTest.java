package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.p2pmap.internal.storage.SmallFileSystem;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StorageSettings;
import io.p2pmap.internal.storage.StoreStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is really full. Needs the right to mount one. */
class DiskFullTest {

  private static final int RECORD_BYTES = 1_000;
  private static final Tuning TUNING =
      Tunings.withRetry(Tuning.of(Duration.ofMillis(100)), Duration.ofMillis(100), 1L << 30);

  @TempDir Path parent;
  private SmallFileSystem disk;

  @BeforeEach
  void mountSmallFileSystem() throws Exception {
    disk = SmallFileSystem.mount(parent.resolve("small"), 4);
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  private StoredMap open() {
    return StoredMap.open(
        LogMapStores.of(disk.directory(), "node", StorageSettings.defaults(), TUNING),
        "map",
        RECORD_BYTES);
  }

  @Test
  void writesFailClearlyReadsGoOnAndEverythingWorksAgainWhenThereIsRoom() throws Exception {
    long written = 0;
    for (int cycle = 0; cycle < 5; cycle++) {
      try (StoredMap map = open()) {
        assertThat(map.entries()).hasSize(500 * (cycle > 0 ? 1 : 0));
        for (; written % 500 != 0 || written == 500L * cycle; written++) {
          map.put(written % 500, written);
        }
        disk.fill();
        assertThatThrownBy(() -> putForEver(map))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining(disk.directory().toString())
            .hasMessageContaining("No space left on device")
            .hasMessageContaining("Make room");
        assertThat(map.store().status().state()).isEqualTo(State.DEGRADED);
        assertThat(map.entries()).hasSize(500);
        disk.makeRoom();
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> map.store().status().state() == State.HEALTHY);
        for (long key = 0; key < 50; key++) {
          map.put(key, written);
        }
      }
    }
    try (StoredMap map = open()) {
      assertThat(map.entries()).hasSize(500).containsEntry(49L, written);
      assertThat(map.store().status().recovery().damages()).isEmpty();
    }
  }

  private static void putForEver(StoredMap map) {
    for (long i = 0; ; i++) {
      map.put(i % 500, i);
    }
  }
}
