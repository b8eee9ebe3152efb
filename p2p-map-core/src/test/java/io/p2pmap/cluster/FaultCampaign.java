package io.p2pmap.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many partitions and pauses of nodes that write; its name keeps it out of other runs. {@link
 * KillCampaign} does not run beside it, since starting processes loads the machine.
 */
@ExtendWith({ClusterExtension.class, FailureTeller.class})
@Tag("faults")
class FaultCampaign {

  private static final int PARTITIONS = Integer.getInteger("faults.partitions", 3);
  private static final int PAUSES = Integer.getInteger("faults.pauses", 3);

  private static final List<String> NODES = List.of("a", "b", "c");
  private static final int LONGEST_CUT_MILLIS = 20_000;
  private static final int LONGEST_PAUSE_SECONDS = 60;
  private static final int FAULTS_A_JUDGEMENT = 5;

  private static final Heals AFTER_CUTS = new Heals("partitions");
  private static final Heals AFTER_PAUSES = new Heals("pauses");

  @BeforeAll
  static void printSeed() {
    Lane.printSeed();
  }

  @AfterAll
  static void printHeals() {
    List.of(AFTER_CUTS, AFTER_PAUSES).forEach(Heals::print);
  }

  static List<Lane> lanesOfPartitions() {
    return Lane.share(PARTITIONS, 3);
  }

  static List<Lane> lanesOfPauses() {
    return Lane.share(PAUSES, 2);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("lanesOfPartitions")
  void everyPartitionHealsInTimeWithoutALoss(Lane lane, Cluster cluster) {
    Random random = lane.random();
    FaultyCluster faulty = FaultyCluster.start(cluster, NODES.toArray(String[]::new));
    for (int cycle = 1; cycle <= lane.faults(); cycle++) {
      faulty.work(50, 100, 40);
      String cut = cut(faulty.network(), random);
      Duration length = Duration.ofMillis(random.nextInt(LONGEST_CUT_MILLIS));
      FaultyCluster.pass(length);
      faulty.stopWork();
      PairTransfers before = faulty.transfers();
      Duration healed = faulty.heal();
      PairTransfers transfers = faulty.transfers().since(before);
      AFTER_CUTS.add(healed, transfers, "%s, cycle %d: %s for %s", lane, cycle, cut, length);
      if (lane.isJudgementDue(cycle, FAULTS_A_JUDGEMENT)) {
        lane.judge(faulty, cycle, "partitions");
      }
    }
    AFTER_CUTS.assertWithin(FaultyCluster.HEAL_LIMIT, NODES.size());
  }

  /** Cuts some of the links; returns what it did. */
  private static String cut(FaultyNetwork network, Random random) {
    int first = random.nextInt(3);
    String one = NODES.get(first);
    String two = NODES.get((first + 1) % 3);
    String three = NODES.get((first + 2) % 3);
    switch (random.nextInt(4)) {
      case 0 -> {
        network.split(List.of(one), List.of(two, three));
        return "%s | %s %s".formatted(one, two, three);
      }
      case 1 -> {
        network.split(List.of(one), List.of(two));
        return "bridge %s - %s - %s".formatted(one, three, two);
      }
      case 2 -> {
        network.cut(one, two);
        return "nothing from %s to %s".formatted(one, two);
      }
      default -> {
        network.split(List.of(one), List.of(two, three));
        network.split(List.of(two), List.of(three));
        return "a | b | c";
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("lanesOfPauses")
  void everyStoppedProcessGoesOnInTimeWithoutALoss(Lane lane, Cluster cluster) {
    Random random = lane.random();
    FaultyCluster faulty = FaultyCluster.start(cluster, NODES.toArray(String[]::new));
    for (int pause = 1; pause <= lane.faults(); pause++) {
      faulty.work(50, 200, 40);
      String name = NODES.get(random.nextInt(NODES.size()));
      faulty.awaitOperations(name, 20);
      Duration length = pauseLength(random);
      faulty.node(name).pause();
      FaultyCluster.pass(length);
      faulty.node(name).resume();
      long resumed = System.nanoTime();
      PairTransfers before = faulty.transfers(); // of the others, too: they may be busy meanwhile
      faulty.stopWork();
      Duration healed = faulty.awaitSameSince(resumed);
      PairTransfers transfers = faulty.transfers().since(before);
      AFTER_PAUSES.add(healed, transfers, "%s, pause %d: %s for %s", lane, pause, name, length);
      if (lane.isJudgementDue(pause, FAULTS_A_JUDGEMENT)) {
        lane.judge(faulty, pause, "pauses");
      }
    }
    AFTER_PAUSES.assertWithin(FaultyCluster.HEAL_LIMIT, NODES.size());
  }

  /** From 1 to 60 s, half of them below 8 s: each order of magnitude is as likely. */
  private static Duration pauseLength(Random random) {
    double seconds = Math.pow(LONGEST_PAUSE_SECONDS, random.nextDouble());
    return Duration.ofMillis((long) (seconds * 1_000));
  }
}
