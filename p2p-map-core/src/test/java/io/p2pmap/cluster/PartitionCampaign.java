package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many cycles of cuts and heals while the nodes write; its name keeps it out of other runs. */
@ExtendWith(ClusterExtension.class)
@Tag("faults")
class PartitionCampaign {

  private static final int CYCLES = Integer.getInteger("faults.partitions", 1);
  private static final int CYCLES_A_JUDGEMENT = 5;
  private static final int LONGEST_CUT_MILLIS = 20_000;

  private final Random random = new Random(Long.getLong("seed", 1));

  @Test
  void everyPartitionHealsWithoutALoss(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    Duration slowest = Duration.ZERO;
    for (int cycle = 1; cycle <= CYCLES; cycle++) {
      faulty.work(50, 100, 40);
      cut(faulty);
      pass(random.nextInt(LONGEST_CUT_MILLIS));
      faulty.stopWork();
      long before = faulty.transfers();
      Duration healed = faulty.heal();
      assertThat(HistoryChecker.transferBreaches(faulty.transfers() - before, 3)).isEmpty();
      slowest = healed.compareTo(slowest) > 0 ? healed : slowest;
      if (cycle % CYCLES_A_JUDGEMENT == 0 || cycle == CYCLES) {
        faulty.check();
        faulty.beginAnew();
        Figures.print("%d partitions: same again after at most %s", cycle, Figures.millis(slowest));
      }
    }
  }

  private void cut(FaultyCluster faulty) {
    List<String> names = List.of("a", "b", "c");
    int first = random.nextInt(3);
    String one = names.get(first);
    String two = names.get((first + 1) % 3);
    String three = names.get((first + 2) % 3);
    switch (random.nextInt(4)) {
      case 0 -> faulty.network().split(List.of(one), List.of(two, three));
      case 1 -> faulty.network().split(List.of(one), List.of(two));
      case 2 -> faulty.network().cut(one, two);
      default -> {
        faulty.network().split(List.of(one), List.of(two, three));
        faulty.network().split(List.of(two), List.of(three));
      }
    }
  }

  private static void pass(int millis) {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    await()
        .atMost(Duration.ofMillis(millis + 10_000))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> System.nanoTime() - end >= 0);
  }
}
