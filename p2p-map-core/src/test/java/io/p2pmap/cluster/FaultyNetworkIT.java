package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Links fail while all nodes write; afterwards nothing is lost, and everybody holds the same. */
@ExtendWith(ClusterExtension.class)
@Tag("faults")
class FaultyNetworkIT {

  private static final int PER_SECOND = 50;
  private static final int VALUE_LENGTH = 100;
  private static final int KEYS = 40;

  @Test
  void aClusterThatWasSplitInTwoHealsWithoutALoss(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c", "d");
    faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
    faulty.network().split(List.of("a", "b"), List.of("c", "d"));
    faulty.awaitView("a", "b");
    faulty.awaitView("c", "d");
    healAndCheck(faulty, "split in two and two");
  }

  @Test
  void aNodeThatIsNotHeardIsLostWithoutALoss(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
    faulty.network().cut("a", "c"); // c hears of a only what b says
    awaitSomebodyLost(faulty, "a", "c");
    healAndCheck(faulty, "one-way cut from a to c");
  }

  @Test
  void twoNodesThatSeeOnlyTheOneBetweenThemHealWithoutALoss(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
    faulty.network().split(List.of("a"), List.of("c"));
    awaitSomebodyLost(faulty, "a", "c");
    healAndCheck(faulty, "bridge: a and c see only b");
  }

  /** Until one of the two no longer has the other in its view. */
  private static void awaitSomebodyLost(FaultyCluster faulty, String one, String other) {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                !faulty.node(one).members().contains(other)
                    || !faulty.node(other).members().contains(one));
  }

  private static void healAndCheck(FaultyCluster faulty, String what) {
    Duration longest = faulty.stopWork();
    PairTransfers before = faulty.transfers();
    Duration healed = faulty.heal();
    PairTransfers transfers = faulty.transfers().since(before);
    Figures.print(
        "%s (%s): longest call %s, same again %s after the heal by transfers %s",
        what,
        faulty.network().getClass().getSimpleName(),
        Figures.millis(longest),
        Figures.millis(healed),
        transfers.counts());
    assertThat(HistoryChecker.transferBreaches(transfers, faulty.cluster().alive().size()))
        .isEmpty();
    faulty.check();
  }

  @Test
  void fifthOfThePacketsLostDelaysButLosesNothing(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    List<NodeProcess> nodes = cluster.alive();
    nodes.forEach(node -> node.call("lose", 0.2));
    faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
    awaitOperations(cluster, 300);
    faulty.stopWork();
    cluster.awaitAgreement(PLAIN); // without the loss being repaired first
    nodes.forEach(node -> node.call("lose", 0.0));
    healAndCheckQuiet(faulty);
  }

  @Test
  void messagesThatComeTwiceLateAndOutOfOrderChangeNothing(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    cluster.alive().forEach(node -> node.call("shuffle"));
    faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
    awaitOperations(cluster, 300);
    faulty.stopWork();
    healAndCheckQuiet(faulty);
  }

  @Test
  void forcedViewsAndFalseSuspicionsAreHealed(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
    for (int round = 0; round < 3; round++) {
      faulty.node("a").call("force-view", "b");
      faulty.node("c").call("force-view");
      cluster.awaitMembers();
    }
    faulty.stopWork();
    healAndCheckQuiet(faulty);
  }

  private static void healAndCheckQuiet(FaultyCluster faulty) {
    Duration healed = faulty.heal();
    Figures.print("same again after %s", Figures.millis(healed));
    faulty.check();
  }

  private static void awaitOperations(Cluster cluster, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                cluster.runs(PLAIN).stream()
                    .allMatch(run -> run.all(HistoryRecord.Acknowledged.class).size() >= count));
  }
}
