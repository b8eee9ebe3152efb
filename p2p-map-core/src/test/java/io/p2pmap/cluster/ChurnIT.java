package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Opening and closing leaves nothing behind. */
class ChurnIT {

  private static final int MAP_ROUNDS = 1_000;

  private static final int NODE_ROUNDS = 1_000;

  /** The JVM opens some files at their first use and keeps them. */
  @BeforeAll
  static void warmUp() throws InterruptedException {
    nodeRound(0);
  }

  @Test
  void aThousandRoundsOfOpeningAndClosingMapsLeaveNothing() {
    Resources before = Resources.now();
    long start = System.nanoTime();
    List<WeakReference<?>> maps = new ArrayList<>();
    try (LocalNodes nodes = LocalNodes.start(2)) {
      for (int round = 1; round <= MAP_ROUNDS; round++) {
        maps.add(mapRound(nodes, "map-" + round % 10));
      }
      awaitForgotten(maps);
    }
    awaitNothingLeft(before);
    Figures.print(
        "%d rounds of two nodes opening and closing a map: %s, left: %s",
        MAP_ROUNDS,
        Figures.millis(Duration.ofNanos(System.nanoTime() - start)),
        Resources.now().leftSince(before));
  }

  private static WeakReference<?> mapRound(LocalNodes nodes, String name) {
    MapSpec<String, String> spec = MapSpec.of(name, String.class, String.class);
    ReplicatedMap<String, String> here = nodes.node(0).open(spec);
    ReplicatedMap<String, String> there = nodes.node(1).open(spec);
    there.subscribe(event -> {});
    here.put("key", name);
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> name.equals(there.get("key")));
    nodes.node(0).close(name);
    nodes.node(1).close(name);
    return new WeakReference<>(here);
  }

  @Test
  void roundsOfStartingAndClosingNodesLeaveNothing() throws InterruptedException {
    Resources before = Resources.now();
    long start = System.nanoTime();
    List<WeakReference<?>> nodes = new ArrayList<>();
    for (int round = 1; round <= NODE_ROUNDS; round++) {
      nodes.add(nodeRound(round));
    }
    awaitNothingLeft(before);
    awaitForgotten(nodes);
    Figures.print(
        "%d rounds of two nodes starting and closing: %s, left: %s, threads %d before, %d after,"
            + " files %d before, %d after",
        NODE_ROUNDS,
        Figures.millis(Duration.ofNanos(System.nanoTime() - start)),
        Resources.now().leftSince(before),
        before.threads().size(),
        Resources.now().threads().size(),
        before.files().size(),
        Resources.now().files().size());
  }

  private static WeakReference<?> nodeRound(int round) throws InterruptedException {
    try (LocalNodes nodes = LocalNodes.start(2)) {
      nodes.map(0).subscribe(event -> {});
      nodes.map(1).put("key", "round " + round);
      assertThat(nodes.map(1).awaitInSync(Duration.ofSeconds(20))).isTrue();
      assertThat(nodes.map(0).get("key")).isEqualTo("round " + round);
      return new WeakReference<>(nodes.node(0));
    }
  }

  private static void awaitForgotten(List<WeakReference<?>> closed) {
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(closed).extracting(WeakReference::get).containsOnlyNulls();
            });
  }

  /** Threads that were told to end may take a moment. */
  private static void awaitNothingLeft(Resources before) {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(Resources.now().leftSince(before)).isEmpty());
  }
}
