package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.storage.log.BareFile;
import io.p2pmap.internal.storage.log.Campaigns;
import io.p2pmap.internal.storage.log.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures a persisted map against a bare file: acknowledged puts with 1, 4 and 16 threads, and
 * recovery. Nothing is asserted, because a busy machine gives any figure; see docs/storage.md.
 */
@Tag("storage-campaign")
class DurableFigures {

  private static final int KEYS = 10_000;
  private static final int BATCH = 1_000;
  private static final Duration TIME = Duration.ofSeconds(3);
  private static final String FILLING = "x".repeat(100);
  private static final MapSpec<String, String> TEXTS =
      MapSpec.of("texts", String.class, String.class).persist(true);

  @TempDir private Path directory;

  private final MemoryCluster cluster = new MemoryCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  private ReplicatedMaps node() {
    return cluster.node("a", builder -> builder.storageDirectory(directory));
  }

  @Test
  void acknowledgedPutsAgainstABareFile() throws Exception {
    ReplicatedMaps node = node();
    node.start();
    ReplicatedMap<String, String> texts = node.open(TEXTS);
    runWriters(texts, 1, TIME); // warm-up
    int recordBytes = bytesAPut(texts);
    for (int round = 0; round < 3; round++) {
      double bare = BareFile.forcesPerSecond(directory, recordBytes, TIME);
      for (int threads : new int[] {1, 4, 16}) {
        double puts = runWriters(texts, threads, TIME);
        Campaigns.report(
            "map, %2d threads: %,.0f acknowledged puts/s, %.2f x bare forces of %d bytes"
                .formatted(threads, puts, puts / bare, recordBytes));
      }
    }
  }

  private static int bytesAPut(ReplicatedMap<String, String> texts) {
    long before = texts.status().storage().writtenBytes();
    int puts = 100;
    for (int i = 0; i < puts; i++) {
      texts.put(key(i), i + FILLING);
    }
    return (int) ((texts.status().storage().writtenBytes() - before) / puts);
  }

  /** Returns how many puts a second were acknowledged. */
  private static double runWriters(
      ReplicatedMap<String, String> texts, int threads, Duration time) {
    AtomicLong count = new AtomicLong();
    ExecutorService writers = Executors.newFixedThreadPool(threads);
    long start = System.nanoTime();
    Runnable writer =
        () -> {
          long own = 0;
          while (System.nanoTime() - start < time.toNanos()) {
            texts.put(key(own % KEYS), own + FILLING);
            own++;
          }
          count.addAndGet(own);
        };
    CompletableFuture<?>[] running = new CompletableFuture<?>[threads];
    for (int i = 0; i < threads; i++) {
      running[i] = CompletableFuture.runAsync(writer, writers);
    }
    CompletableFuture.allOf(running).join();
    writers.shutdown();
    return count.get() * 1e9 / (System.nanoTime() - start);
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 1_000_000})
  void recoveryToAUsableMap(int entries) {
    ReplicatedMaps before = node();
    ReplicatedMap<String, String> written = before.open(TEXTS);
    for (int from = 0; from < entries; from += BATCH) {
      Map<String, String> batch = new LinkedHashMap<>();
      for (int i = from; i < from + BATCH; i++) {
        batch.put(key(i), i + FILLING);
      }
      written.putAll(batch);
    }
    before.close();
    for (int round = 0; round < 2; round++) {
      ReplicatedMaps node = node();
      Stopwatch stopwatch = Stopwatch.start();
      ReplicatedMap<String, String> texts = node.open(TEXTS);
      assertThat(texts.get(key(entries - 1))).isNotNull();
      stopwatch.stop();
      assertThat(texts.size()).isEqualTo(entries);
      Campaigns.report("map, recovery of %,d entries: %s".formatted(entries, stopwatch));
      node.close();
    }
  }

  private static String key(long number) {
    return "key-%07d".formatted(number);
  }
}
