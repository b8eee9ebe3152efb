package io.p2pmap.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many partitions, kills and pauses of nodes that write; its name keeps it out of other runs.
 * Faults of one kind are shared out among several clusters, which wait most of their time and so
 * run at once, each with its own network.
 */
@ExtendWith(ClusterExtension.class)
@Tag("faults")
class FaultCampaign {

  private static final long SEED = Long.getLong("seed", System.currentTimeMillis());

  private static final int PARTITIONS = Integer.getInteger("faults.partitions", 3);
  private static final int KILLS = Integer.getInteger("faults.kills", 3);
  private static final int PAUSES = Integer.getInteger("faults.pauses", 3);

  private static final List<String> NODES = List.of("a", "b", "c");
  private static final int LONGEST_CUT_MILLIS = 20_000;
  private static final int LONGEST_PAUSE_SECONDS = 60;
  private static final int FAULTS_A_JUDGEMENT = 5;
  private static final int KILLS_A_JUDGEMENT = 20;

  private static final Heals AFTER_CUTS = new Heals("partitions");
  private static final Heals AFTER_KILLS = new Heals("kills");
  private static final Heals AFTER_PAUSES = new Heals("pauses");

  /** Tells at once what failed; the report comes when all the others are through, too. */
  @RegisterExtension
  static final TestExecutionExceptionHandler TELL =
      (context, failure) -> {
        Figures.print("failed %s: %s", context.getUniqueId(), failure);
        throw failure;
      };

  /**
   * One of the clusters among which faults are shared out.
   *
   * @param faults how many it has to bear
   */
  private record Lane(int number, int faults) {

    static List<Lane> share(int faults, int lanes) {
      return IntStream.range(0, lanes)
          .mapToObj(number -> new Lane(number, (faults + lanes - 1 - number) / lanes))
          .filter(lane -> lane.faults > 0)
          .toList();
    }

    Random random() {
      return new Random(SEED + number);
    }

    boolean isJudgementDue(int fault, int faultsAJudgement) {
      return fault % faultsAJudgement == 0 || fault == faults;
    }
  }

  @BeforeAll
  static void printSeed() {
    Figures.print("fault campaign with -Dseed=%d", SEED);
  }

  @AfterAll
  static void printHeals() {
    List.of(AFTER_CUTS, AFTER_KILLS, AFTER_PAUSES).forEach(Heals::print);
  }

  static List<Lane> lanesOfPartitions() {
    return Lane.share(PARTITIONS, 3);
  }

  static List<Lane> lanesOfKills() {
    return Lane.share(KILLS, 3);
  }

  static List<Lane> lanesOfPauses() {
    return Lane.share(PAUSES, 2);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("lanesOfPartitions")
  void everyPartitionHealsInTimeWithoutALoss(Lane lane, Cluster cluster) {
    Random random = lane.random();
    FaultyCluster faulty = FaultyCluster.start(cluster, NODES.toArray(String[]::new));
    for (int cycle = 1; cycle <= lane.faults; cycle++) {
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
        judge(faulty, "%d partitions of %s".formatted(cycle, lane));
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
  @MethodSource("lanesOfKills")
  void everyKillLosesNothingThatWasConfirmed(Lane lane, Cluster cluster) {
    Random random = lane.random();
    FaultyCluster faulty =
        FaultyCluster.start(cluster, NODES.toArray(String[]::new)).whereConfirmedWritesSurvive();
    faulty.work(50, 200, 40);
    for (int kill = 1; kill <= lane.faults; kill++) {
      String victim = NODES.get(random.nextInt(NODES.size()));
      faulty.awaitOperations(victim, 10 + random.nextInt(30));
      FaultyCluster.work(faulty.killAndStart(victim), 50, 200, 40);
      if (lane.isJudgementDue(kill, KILLS_A_JUDGEMENT)) {
        long started = System.nanoTime();
        faulty.stopWork();
        PairTransfers before = faulty.transfers();
        Duration healed = faulty.awaitSameSince(started);
        AFTER_KILLS.add(healed, faulty.transfers().since(before), "%s, kill %d", lane, kill);
        judge(faulty, "%d kills of %s".formatted(kill, lane));
        faulty.work(50, 200, 40);
      }
    }
    AFTER_KILLS.assertWithin(FaultyCluster.HEAL_LIMIT, NODES.size());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("lanesOfPauses")
  void everyStoppedProcessGoesOnInTimeWithoutALoss(Lane lane, Cluster cluster) {
    Random random = lane.random();
    FaultyCluster faulty = FaultyCluster.start(cluster, NODES.toArray(String[]::new));
    for (int pause = 1; pause <= lane.faults; pause++) {
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
        judge(faulty, "%d pauses of %s".formatted(pause, lane));
      }
    }
    AFTER_PAUSES.assertWithin(FaultyCluster.HEAL_LIMIT, NODES.size());
  }

  /** From 1 to 60 s, half of them below 8 s: each order of magnitude is as likely. */
  private static Duration pauseLength(Random random) {
    double seconds = Math.pow(LONGEST_PAUSE_SECONDS, random.nextDouble());
    return Duration.ofMillis((long) (seconds * 1_000));
  }

  private static void judge(FaultyCluster faulty, String what) {
    faulty.check();
    faulty.beginAnew();
    Figures.print("%s: 0 lost, 0 resurrected, 0 divergences", what);
  }
}
