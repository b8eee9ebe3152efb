package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.DURABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.NodeOptions.Option;
import io.p2pmap.internal.storage.SmallFileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The disk of a node is full, really, and has room again. Needs the right to mount one. */
@ExtendWith(ClusterExtension.class)
class FullDiskIT {

  private static final int KEYS = 200;
  private static final String FILLING = "x".repeat(1_000);
  private static final String REFUSED_KEY = "refused";

  @TempDir private Path directory;
  private SmallFileSystem disk;

  /** What the node was told to be done. */
  private final Map<String, String> acknowledged = new TreeMap<>();

  @BeforeEach
  void mount() throws Exception {
    disk = SmallFileSystem.mount(directory.resolve("small"), 8);
  }

  @AfterEach
  void unmount(Cluster cluster) throws Exception {
    cluster.close();
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void readsGoOnWritesSayWhatIsWrongAndAllWorksAgainWhenThereIsRoom(Cluster cluster)
      throws Exception {
    NodeProcess a = cluster.with(Option.STORAGE, disk.directory()).launch("a");
    NodeProcess b = cluster.with(Option.STORAGE, directory.resolve("large")).launch("b");
    a.start();
    b.start();
    cluster.awaitMembers();
    RemoteMap full = a.map(DURABLE);
    assertThat(putUntilRefused(full, KEYS)).isNull();

    disk.fill();
    assertThat(putUntilRefused(full, Integer.MAX_VALUE))
        .hasStackTraceContaining("MapStorageException")
        .hasStackTraceContaining(disk.directory().toString())
        .hasStackTraceContaining("No space left on device")
        .hasStackTraceContaining("Make room");
    assertThat(full.status().isDegraded()).isTrue();
    assertThat(catchThrowable(() -> full.put(REFUSED_KEY, "v"))).isNotNull();
    b.map(DURABLE).put("by b", "while the disk of a was full");
    await().until(() -> full.get("by b") != null);
    assertHolds(full.contents());

    disk.makeRoom();
    await().atMost(Duration.ofSeconds(30)).until(() -> !full.status().isDegraded());
    assertThat(putUntilRefused(full, KEYS)).isNull();
    cluster.awaitAgreement(DURABLE);
    a.kill();
    NodeProcess again = cluster.with(Option.STORAGE, disk.directory()).launch("a");
    assertHolds(again.map(DURABLE).contents());
    assertThat(again.map(DURABLE).get("by b")).isNotNull();
    assertThat(again.map(DURABLE).status().number("damages")).isZero();
  }

  @Test
  void aNodeThatIsKilledWhileItsDiskIsFullHasLostNothingAcknowledged(Cluster cluster)
      throws Exception {
    NodeProcess a = cluster.with(Option.STORAGE, disk.directory()).launch("a");
    a.start();
    assertThat(putUntilRefused(a.map(DURABLE), 2 * KEYS)).isNull();
    disk.fill();
    assertThat(putUntilRefused(a.map(DURABLE), Integer.MAX_VALUE)).isNotNull();
    a.kill();
    disk.makeRoom();
    NodeProcess again = cluster.launch("a");
    assertHolds(again.map(DURABLE).contents());
    assertThat(again.map(DURABLE).status().number("damages")).isZero();
    again.start();
    assertThat(putUntilRefused(again.map(DURABLE), KEYS)).isNull();
  }

  /** Puts, and notes what succeeded, until one put fails; returns why, or null if none does. */
  private Throwable putUntilRefused(RemoteMap map, int count) {
    for (int i = 0; i < count; i++) {
      String key = "key-" + i % KEYS;
      String value = acknowledged.size() + "/" + i + FILLING;
      Throwable refusal = catchThrowable(() -> map.put(key, value));
      if (refusal != null) {
        acknowledged.remove(key); // it may have the old value, or this one
        return refusal;
      }
      acknowledged.put(key, value);
    }
    return null;
  }

  private void assertHolds(Map<String, String> contents) {
    assertThat(contents).containsAllEntriesOf(acknowledged).doesNotContainKey(REFUSED_KEY);
  }
}
