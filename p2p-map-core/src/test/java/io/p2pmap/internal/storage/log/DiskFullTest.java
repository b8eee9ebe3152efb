package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StorageSettings;
import io.p2pmap.internal.storage.StoreStatus.State;
import java.io.IOException;
import java.nio.file.Files;
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
  private Path mount;

  @BeforeEach
  void mountSmallFileSystem() throws Exception {
    mount = Files.createDirectory(parent.resolve("small"));
    int exit = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", mount.toString());
    assumeThat(exit).as("mounting a tmpfs, which needs root").isZero();
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", mount.toString());
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  private StoredMap open() {
    return StoredMap.open(
        LogMapStores.of(mount, "node", StorageSettings.defaults(), TUNING), "map", RECORD_BYTES);
  }

  @Test
  void writesFailClearlyReadsGoOnAndEverythingWorksAgainWhenThereIsRoom() throws Exception {
    long written = 0;
    for (int cycle = 0; cycle < 5; cycle++) {
      Path ballast = mount.resolve("ballast");
      try (StoredMap map = open()) {
        assertThat(map.entries()).hasSize(500 * (cycle > 0 ? 1 : 0));
        for (; written % 500 != 0 || written == 500L * cycle; written++) {
          map.put(written % 500, written);
        }
        fill(ballast);
        assertThatThrownBy(() -> putForEver(map))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining(mount.toString())
            .hasMessageContaining("No space left on device")
            .hasMessageContaining("Make room");
        assertThat(map.store().status().state()).isEqualTo(State.DEGRADED);
        assertThat(map.entries()).hasSize(500);
        Files.delete(ballast);
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

  private static void fill(Path ballast) {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
