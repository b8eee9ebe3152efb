package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
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

  private static final int KILLS = Integer.getInteger("faults.kills", 3);
  private static final int PAUSES = Integer.getInteger("faults.pauses", 2);
  private static final int LONGEST_PAUSE_SECONDS = 60;

  @Test
  void everyNodeKilledInTurnLosesNothingThatWasConfirmed(Cluster cluster) {
    FaultyCluster faulty =
        FaultyCluster.start(cluster, "a", "b", "c").whereConfirmedWritesSurvive();
    faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
    Random random = new Random(Long.getLong("seed", 1));
    for (int kill = 0; kill < KILLS; kill++) {
      String victim = List.of("a", "b", "c").get(kill % 3);
      awaitOperations(faulty.node(victim), 20 + random.nextInt(30));
      faulty.node(victim).kill();
      NodeProcess again = cluster.launch(victim);
      again.start();
      FaultyCluster.work(again, PER_SECOND, VALUE_LENGTH, KEYS);
    }
    faulty.stopWork();
    Duration settled = faulty.heal();
    faulty.check();
    Figures.print("%d kills under load: same again after %s", KILLS, Figures.millis(settled));
  }

  /** The first pause is short, the second longer than it takes to be expelled. */
  @Test
  void aStoppedProcessGoesOnWithoutALoss(Cluster cluster) {
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    Random random = new Random(Long.getLong("seed", 1));
    Duration slowest = Duration.ZERO;
    for (int pause = 0; pause < PAUSES; pause++) {
      faulty.work(PER_SECOND, VALUE_LENGTH, KEYS);
      awaitOperations(faulty.node("c"), 20);
      int seconds = pause < 2 ? 2 + 13 * pause : 1 + random.nextInt(LONGEST_PAUSE_SECONDS);
      NodeProcess paused = faulty.node(List.of("c", "c", "a", "b").get(pause % 4));
      paused.pause();
      awaitSeconds(seconds);
      paused.resume();
      faulty.stopWork();
      Duration healed = faulty.heal();
      slowest = healed.compareTo(slowest) > 0 ? healed : slowest;
    }
    faulty.check();
    Figures.print(
        "%d pauses of 2 to %d s under load: same again after at most %s",
        PAUSES, PAUSES > 2 ? LONGEST_PAUSE_SECONDS : 15, Figures.millis(slowest));
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
    awaitOperations(faulty.node("c"), 50);
    faulty.network().split(List.of("a", "b"), List.of("c"));
    faulty.node("c").kill(); // its goodbyes reach nobody
    awaitOperations(faulty.node("a"), 400);
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
      awaitOperations(faulty.node("b"), 20);
    }
    faulty.stopWork();
    faulty.node("a").clockOffset(Duration.ZERO);
    faulty.heal();
    faulty.check();
  }

  private static void awaitOperations(NodeProcess node, int more) {
    long before = node.call("work-done").number(0);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> node.call("work-done").number(0) >= before + more);
  }

  private static void awaitSeconds(int seconds) {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    await()
        .atMost(Duration.ofSeconds(seconds + 10))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> System.nanoTime() - end >= 0);
  }
}
