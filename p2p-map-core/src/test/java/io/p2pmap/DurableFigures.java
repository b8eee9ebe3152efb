package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.storage.log.BareFile;
import io.p2pmap.internal.storage.log.Campaigns;
import io.p2pmap.internal.storage.log.SharedForces;
import io.p2pmap.internal.storage.log.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures a persisted map: acknowledged puts with 1, 4 and 16 threads against a bare file, and
 * against as many threads that share its forces with nothing else to do; recovery. Nothing is
 * asserted, because a busy machine gives any figure; see docs/storage.md.
 */
@Tag("storage-campaign")
class DurableFigures {

  private static final int KEYS = 10_000;
  private static final int BATCH = 1_000;
  private static final int ROUNDS = 5;
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final String FILLING = "x".repeat(100);
  private static final MapSpec<String, String> TEXTS =
      MapSpec.of("texts", String.class, String.class).persist(true);

  /** Made before, since formatting a key takes longer than a put. */
  private static final String[] KEY =
      IntStream.range(0, KEYS).mapToObj(DurableFigures::key).toArray(String[]::new);

  @FunctionalInterface
  private interface Put {
    void run(long number);
  }

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
    int recordBytes = bytesAPut(texts);
    try (SharedForces file = SharedForces.open(directory, recordBytes)) {
      Put put = number -> texts.put(KEY[(int) (number % KEYS)], number + FILLING);
      Put shared = number -> file.append();
      perSecond(put, 16, TIME); // warm-up
      perSecond(shared, 16, TIME);
      for (int round = 0; round < ROUNDS; round++) {
        double bare = BareFile.forcesPerSecond(directory, recordBytes, TIME);
        for (int threads : new int[] {1, 4, 16}) {
          double limit = perSecond(shared, threads, TIME);
          double puts = perSecond(put, threads, TIME);
          Campaigns.report(
              "map, %2d threads: %,.0f acknowledged puts/s, %.2f x bare forces of %d bytes; shared forces: %.2f x"
                  .formatted(threads, puts, puts / bare, recordBytes, limit / bare));
        }
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
  private static double perSecond(Put put, int threads, Duration time) {
    AtomicLong count = new AtomicLong();
    ExecutorService writers = Executors.newFixedThreadPool(threads);
    long start = System.nanoTime();
    Runnable writer =
        () -> {
          long own = 0;
          while (System.nanoTime() - start < time.toNanos()) {
            put.run(own);
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
