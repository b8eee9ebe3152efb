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

/** Many kills of nodes that write, and are started again; its name keeps it out of other runs. */
@ExtendWith({ClusterExtension.class, FailureTeller.class})
@Tag("faults")
class KillCampaign {

  private static final int KILLS = Integer.getInteger("faults.kills", 3);
  private static final int KILLS_A_JUDGEMENT = 20;
  private static final List<String> NODES = List.of("a", "b", "c");
  private static final Heals AFTER_KILLS = new Heals("kills");

  @BeforeAll
  static void printSeed() {
    Lane.printSeed();
  }

  @AfterAll
  static void printHeals() {
    AFTER_KILLS.print();
  }

  static List<Lane> lanesOfKills() {
    return Lane.share(KILLS, 3);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("lanesOfKills")
  void everyKillLosesNothingThatWasConfirmed(Lane lane, Cluster cluster) {
    Random random = lane.random();
    FaultyCluster faulty =
        FaultyCluster.start(cluster, NODES.toArray(String[]::new)).whereConfirmedWritesSurvive();
    faulty.work(50, 200, 40);
    for (int kill = 1; kill <= lane.faults(); kill++) {
      String victim = NODES.get(random.nextInt(NODES.size()));
      faulty.awaitOperations(victim, 10 + random.nextInt(30));
      FaultyCluster.work(faulty.killAndStart(victim), 50, 200, 40);
      if (lane.isJudgementDue(kill, KILLS_A_JUDGEMENT)) {
        long started = System.nanoTime();
        faulty.stopWork();
        PairTransfers before = faulty.transfers();
        Duration healed = faulty.awaitSameSince(started);
        AFTER_KILLS.add(healed, faulty.transfers().since(before), "%s, kill %d", lane, kill);
        lane.judge(faulty, kill, "kills");
        faulty.work(50, 200, 40);
      }
    }
    AFTER_KILLS.assertWithin(FaultyCluster.HEAL_LIMIT, NODES.size());
  }
}
