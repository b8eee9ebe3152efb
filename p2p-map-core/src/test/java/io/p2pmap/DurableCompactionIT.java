package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.engine.DurableReplica;
import io.p2pmap.internal.engine.ReplicaDriver;
import io.p2pmap.internal.storage.log.Campaigns;
import io.p2pmap.internal.storage.log.Pauses;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a map with many entries, while it is written to. */
class DurableCompactionIT {

  private static final int ENTRIES = 100_000;
  private static final int BATCH = 100;
  private static final int SNAPSHOTS = 3;
  private static final String FILLING = "x".repeat(100);
  private static final MapSpec<String, String> TEXTS =
      MapSpec.of("texts", String.class, String.class).persist(true);

  @TempDir private Path directory;

  private final MemoryCluster cluster = new MemoryCluster();
  private ReplicatedMap<String, String> texts;
  private long written;

  @BeforeEach
  void openAMapOfManyEntries() {
    ReplicatedMaps node = cluster.node("a", builder -> builder.storageDirectory(directory));
    node.start();
    texts = node.open(TEXTS);
    while (written < ENTRIES) {
      writeBatch();
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void writeBatch() {
    Map<String, String> batch = new LinkedHashMap<>();
    for (int i = 0; i < BATCH; i++, written++) {
      batch.put("key-%06d".formatted(written % ENTRIES), written + FILLING);
    }
    texts.putAll(batch);
  }

  @Test
  void theFilesStayWithinAboutThreeTimesTheLiveData() throws IOException {
    Pauses puts = new Pauses();
    long first = snapshots();
    long largest = 0;
    while (snapshots() < first + SNAPSHOTS) {
      long start = System.nanoTime();
      writeBatch();
      puts.add(System.nanoTime() - start);
      largest = Math.max(largest, usedBytes());
    }
    long live = texts.status().storage().snapshotBytes();
    Campaigns.report(
        "%,d entries, %,d bytes live; largest size on disk %.2f x; putAll of %d meanwhile: %s"
            .formatted(ENTRIES, live, (double) largest / live, BATCH, puts));
    // What is written while a snapshot is, and preallocation, come on top of the three.
    assertThat(largest).isLessThan(7 * live / 2);
    assertThat(texts.size()).isEqualTo(ENTRIES);
  }

  /** The only thing that a snapshot does under the map's lock, without what other processes do. */
  @Test
  void writersWaitOnlyAMomentForTheCaptureOfASnapshot() {
    DurableReplica<Object> durable = ((OpenMap<String, String>) texts).hosting().durable();
    ReplicaDriver<Object> driver = ((OpenMap<String, String>) texts).hosting().map().driver();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Pauses captures = new Pauses();
    for (int i = 0; i < 20; i++) {
      captures.add(
          driver.exclusively(
              now -> {
                long start = threads.getCurrentThreadCpuTime();
                assertThat(durable.replica().snapshot(now).entries()).hasSize(ENTRIES);
                return threads.getCurrentThreadCpuTime() - start;
              }));
    }
    Campaigns.report("capture of %,d entries under the lock: %s".formatted(ENTRIES, captures));
    assertThat(captures.percentile(0.5)).isLessThan(Duration.ofMillis(50));
  }

  private long snapshots() {
    return texts.status().storage().snapshots().count();
  }

  private long usedBytes() throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("a/texts"))) {
      for (Path file : files) {
        sum += sizeOf(file);
      }
    }
    return sum;
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0; // it has been replaced meanwhile
    }
  }
}
