package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.Member;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Writes on every node that runs, each key once, and watches for how long running nodes disagree
 * about who is there.
 */
final class RotationLoad implements AutoCloseable {

  private static final int WRITES_BETWEEN_STEPS = 100;

  private final LocalNodes nodes;
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
  private final Map<Integer, ScheduledFuture<?>> writers = new ConcurrentHashMap<>();
  private final Set<Integer> running = new ConcurrentSkipListSet<>();
  private final Set<String> written = new ConcurrentSkipListSet<>();
  private final AtomicInteger counter = new AtomicInteger();
  private volatile long agreedAtNanos = System.nanoTime();
  private volatile long longestSplitNanos;

  private RotationLoad(LocalNodes nodes) {
    this.nodes = nodes;
  }

  static RotationLoad on(LocalNodes nodes) {
    return new RotationLoad(nodes);
  }

  /** Begins to write on these nodes, which see each other. */
  void run(int... indices) {
    for (int index : indices) {
      await().until(() -> nodes.node(index).members().size() == indices.length);
      running.add(index);
      write(index);
    }
    agreedAtNanos = System.nanoTime();
    clock.scheduleWithFixedDelay(this::watch, 0, 10, TimeUnit.MILLISECONDS);
  }

  private void write(int index) {
    ReplicatedMap<String, String> map = nodes.map(index);
    writers.put(
        index,
        clock.scheduleWithFixedDelay(
            () -> {
              String key = "write-" + counter.incrementAndGet();
              map.put(key, "of node " + index);
              written.add(key);
            },
            0,
            3,
            TimeUnit.MILLISECONDS));
  }

  /** Replaces a node while the others go on. */
  void restart(int index, UnaryOperator<ReplicatedMaps.Builder> settings) {
    running.remove(index);
    writers.get(index).cancel(false);
    nodes.replace(index, settings);
    running.add(index);
    write(index);
    awaitMoreWrites();
  }

  void awaitMoreWrites() {
    int enough = written.size() + WRITES_BETWEEN_STEPS;
    await().atMost(Duration.ofSeconds(30)).until(() -> written.size() >= enough);
  }

  private void watch() {
    long now = System.nanoTime();
    Set<String> expected =
        running.stream().map(index -> "local-" + index).collect(Collectors.toSet());
    boolean agree = running.stream().allMatch(index -> namesSeenBy(index).containsAll(expected));
    if (agree) {
      agreedAtNanos = now;
    }
    longestSplitNanos = Math.max(longestSplitNanos, now - agreedAtNanos);
  }

  private Set<String> namesSeenBy(int index) {
    return nodes.node(index).members().stream().map(Member::name).collect(Collectors.toSet());
  }

  /** How long at most running nodes did not all see each other. */
  Duration longestSplit() {
    return Duration.ofNanos(longestSplitNanos);
  }

  void stop() {
    clock.shutdown();
    try {
      assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  void assertNothingLost() {
    assertThat(written).hasSizeGreaterThan(3 * WRITES_BETWEEN_STEPS);
    for (int index : running) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                Set<String> missing = new TreeSet<>(written);
                missing.removeAll(nodes.map(index).asMap().keySet());
                assertThat(missing)
                    .as(() -> "lost on node %d; who sees whom: %s".formatted(index, views()))
                    .isEmpty();
              });
    }
  }

  private Map<Integer, Set<String>> views() {
    return running.stream().collect(Collectors.toMap(index -> index, this::namesSeenBy));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
