package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Four nodes that write while random faults come and go, for {@code -Dsoak.duration} (such as
 * {@code 2h}). After each round of faults everything heals and is judged, and the next one begins
 * with an empty map.
 */
@ExtendWith(ClusterExtension.class)
@Tag("faults")
class SoakIT {

  private static final List<String> NODES = List.of("a", "b", "c", "d");
  private static final Duration LENGTH =
      Duration.parse("PT" + System.getProperty("soak.duration", "2m"));
  private static final int FAULTS_A_ROUND = 4;
  private static final int LONGEST_FAULT_MILLIS = Integer.getInteger("soak.fault-millis", 6_000);

  /** What a JVM's heap and its threads may vary by. */
  private static final double HEAP_TOLERANCE = 1.05;

  private static final long HEAP_MARGIN_BYTES = 8L << 20;
  private static final int THREAD_MARGIN = 20;

  private final Random random = new Random(Long.getLong("seed", 1));
  private final Map<String, Usage> firstUsage = new TreeMap<>();
  private int faults;

  /** What a run holds when its map is empty. */
  private record Usage(long heapBytes, int threads) {}

  @Test
  void whateverHappensNothingIsLostAndNothingLeaks(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, NODES.toArray(String[]::new));
    long end = System.nanoTime() + LENGTH.toNanos();
    Duration slowest = Duration.ZERO;
    int rounds = 0;
    do {
      faulty.work(40, 100, 50);
      for (int i = 0; i < FAULTS_A_ROUND; i++) {
        fault(faulty);
      }
      faulty.stopWork();
      Duration healed = faulty.heal();
      slowest = healed.compareTo(slowest) > 0 ? healed : slowest;
      faulty.check();
      beginAnew(faulty);
      rounds++;
    } while (System.nanoTime() - end < 0);
    Figures.print(
        "soak of %s: %d rounds, %d faults, same again after at most %s, usage %s",
        LENGTH, rounds, faults, Figures.millis(slowest), firstUsage);
  }

  private void fault(FaultyCluster faulty) {
    faults++;
    String one = NODES.get(random.nextInt(NODES.size()));
    String other = NODES.get((NODES.indexOf(one) + 1 + random.nextInt(3)) % NODES.size());
    Duration length = Duration.ofMillis(random.nextInt(LONGEST_FAULT_MILLIS));
    switch (random.nextInt(6)) {
      case 0 -> during(length, faulty, () -> faulty.network().cut(one, other));
      case 1 -> during(length, faulty, () -> faulty.network().split(List.of(one), List.of(other)));
      case 2 -> during(length, faulty, () -> faulty.network().split(List.of(one), others(one)));
      case 3 -> during(length, faulty, () -> halve(faulty));
      case 4 -> {
        faulty.node(one).pause();
        FaultyCluster.pass(length);
        faulty.node(one).resume();
      }
      default -> FaultyCluster.work(faulty.killAndStart(one), 40, 100, 50);
    }
  }

  private static List<String> others(String one) {
    return NODES.stream().filter(name -> !name.equals(one)).toList();
  }

  private static void halve(FaultyCluster faulty) {
    faulty.network().split(NODES.subList(0, 2), NODES.subList(2, 4));
  }

  private static void during(Duration length, FaultyCluster faulty, Runnable fault) {
    fault.run();
    FaultyCluster.pass(length);
    faulty.network().heal();
  }

  /** Compares what the nodes hold when their map is empty with what they held the first time. */
  private void beginAnew(FaultyCluster faulty) {
    faulty.beginAnew();
    for (NodeProcess node : faulty.cluster().alive()) {
      ControlLine line = node.call("usage");
      Usage usage = new Usage(line.number(0), line.integer(1));
      Usage first = firstUsage.putIfAbsent(node.run(), usage);
      if (first != null) {
        assertIsFlat(node, first, usage);
      }
    }
    firstUsage.keySet().retainAll(faulty.cluster().alive().stream().map(NodeProcess::run).toList());
  }

  private static void assertIsFlat(NodeProcess node, Usage first, Usage now) {
    assertThat(now.heapBytes())
        .as("heap of %s, at first %s", node.run(), first)
        .isLessThan((long) (first.heapBytes() * HEAP_TOLERANCE) + HEAP_MARGIN_BYTES);
    assertThat(now.threads())
        .as("threads of %s, at first %s", node.run(), first)
        .isLessThanOrEqualTo(first.threads() + THREAD_MARGIN);
  }
}
