package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes are killed, stopped, and started again while all nodes write. */
@ExtendWith(ClusterExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows can't stop a process by a signal")
@Tag("faults")
class NodeFaultsIT {

  private static final int PER_SECOND = 50;
  private static final int VALUE_LENGTH = 200;
  private static final int KEYS = 40;

  @Test
  void everyNodeKilledInTurnLosesNothingThatWasConfirmed(Cluster cluster) {
    FaultyCluster faulty =
        FaultyCluster.start(cluster, "a", "b", "c").whereConfirmedWritesSurvive();
    faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
    for (String victim : List.of("a", "b", "c")) {
      faulty.awaitOperations(victim, 30);
      FaultyCluster.work(faulty.killAndStart(victim), PER_SECOND, VALUE_LENGTH, KEYS);
    }
    faulty.stopWork();
    Duration settled = faulty.heal();
    faulty.check();
    Figures.print("3 kills under load: same again after %s", Figures.millis(settled));
  }

  /** The first pause is short, the second longer than it takes to be expelled. */
  @Test
  void aStoppedProcessGoesOnWithoutALoss(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    Duration slowest = Duration.ZERO;
    for (int seconds : List.of(2, 15)) {
      faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
      faulty.awaitOperations("c", 20);
      faulty.node("c").pause();
      FaultyCluster.pass(Duration.ofSeconds(seconds));
      faulty.node("c").resume();
      faulty.stopWork();
      Duration healed = faulty.heal();
      slowest = healed.compareTo(slowest) > 0 ? healed : slowest;
    }
    faulty.check();
    Figures.print(
        "pauses of 2 and 15 s under load: same again after at most %s", Figures.millis(slowest));
  }

  /** Its connections are full, so nobody can say goodbye to it, and nobody may try for long. */
  @Test
  void aStoppedProcessIsExpelledAlthoughItsConnectionsAreFull(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b", "c");
    nodes.get(2).pause();
    nodes.get(0).call("load", PLAIN, "large", 0, 1_000, 20_000);
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(nodes.subList(0, 2))
                    .allSatisfy(
                        node -> assertThat(node.members()).containsExactlyInAnyOrder("a", "b")));
    assertThat(nodes.get(0).map(PLAIN).awaitInSync(Duration.ofSeconds(20))).isTrue();
    nodes.get(2).resume();
    cluster.awaitMembers();
    cluster.awaitAgreement(PLAIN);
  }

  /**
   * What the stopped process does not read fills the connection, which has to be closed all the
   * same.
   */
  @Test
  void aNodeClosesInTimeAlthoughItsPeerHasStopped(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b");
    nodes.get(1).pause();
    nodes.get(0).call("load", PLAIN, "large", 0, 1_000, 20_000);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(30))
        .until(() -> nodes.get(0).map(PLAIN).size() == 1_000);
    Duration closed = nodes.get(0).closeNode();
    nodes.get(1).resume();
    Figures.print("close while the peer is stopped and 20 MB unread: %s", Figures.millis(closed));
    assertThat(closed).isLessThan(Duration.ofSeconds(10));
  }

  /**
   * A machine dies, and a new process takes its address before the others have given up the old
   * one: their connections lead nowhere, and stand still in the middle of a write.
   */
  @Test
  void aNodeThatComesBackAtItsAddressReplacesItsHalfOpenConnections(Cluster cluster) {
    assumeThat(Namespaces.whyNot()).as("reason to skip").isEmpty();
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    faulty.work(100, 10_000, KEYS);
    faulty.awaitOperations("c", 50);
    faulty.network().split(List.of("a", "b"), List.of("c"));
    faulty.node("c").kill(); // its goodbyes reach nobody
    faulty.awaitOperations("a", 400);
    faulty.network().heal();
    NodeProcess again = cluster.launch("c");
    again.start();
    cluster.alive().forEach(node -> stop(node, again));
    Duration settled = faulty.heal();
    Figures.print(
        "a dead node's successor at its address: same again after %s", Figures.millis(settled));
    faulty.check();
  }

  private static void stop(NodeProcess node, NodeProcess idle) {
    if (node != idle) {
      node.call("work-stop");
    }
  }

  @Test
  void clocksAnHourOffAndJumpingLoseNothing(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    faulty.node("a").clockOffset(Duration.ofHours(1));
    faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
    for (int step = 0; step < 8; step++) {
      faulty.node("b").clockOffset(Duration.ofHours(step % 2 == 0 ? -1 : 1));
      faulty.awaitOperations("b", 20);
    }
    faulty.stopWork();
    faulty.node("a").clockOffset(Duration.ZERO);
    faulty.heal();
    faulty.check();
  }
}
