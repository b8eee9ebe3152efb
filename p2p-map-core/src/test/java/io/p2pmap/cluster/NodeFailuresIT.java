package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.OTHER;
import static io.p2pmap.cluster.TestMaps.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes come late, leave, and are killed: nobody loses anything. */
@ExtendWith(ClusterExtension.class)
class NodeFailuresIT {

  private static final int CATALOGUE = 20_000;

  @Test
  void aNodeThatStartsLateOrAgainHoldsTheFullCatalogueWhenStartReturns(Cluster cluster) {
    NodeProcess a = cluster.start("a", "b").get(0);
    a.map(PLAIN).load("entry", CATALOGUE);
    a.map(PLAIN).remove("entry-00000");

    NodeProcess late = cluster.launch("c");
    Duration first = late.start();
    assertThat(late.map(PLAIN).size()).isEqualTo(CATALOGUE - 1);
    cluster.awaitMembers();
    cluster.awaitAgreement(PLAIN);

    late.kill();
    a.map(PLAIN).put("entry-00001", "changed meanwhile");
    NodeProcess again = cluster.launch("c");
    Duration second = again.start();
    assertThat(again.map(PLAIN).size()).isEqualTo(CATALOGUE - 1);
    assertThat(again.map(PLAIN).get("entry-00001")).isEqualTo("changed meanwhile");
    cluster.awaitMembers();
    cluster.awaitAgreement(PLAIN);
    Figures.print(
        "start() of a late node with %d entries: %s; after kill -9: %s",
        CATALOGUE - 1, Figures.millis(first), Figures.millis(second));
  }

  @Test
  void theOthersSeeAGracefulLeaveInUnderASecond(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b", "c");
    NodeProcess leaver = nodes.get(2);

    long start = System.nanoTime();
    Cluster.atOnce(
        nodes,
        node -> {
          if (node == leaver) {
            leaver.closeNode();
          } else {
            await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(1))
                .until(() -> !node.members().contains("c"));
          }
        });
    Figures.print(
        "graceful leave: gone from both others' views, and closed, after %s",
        Figures.millis(Duration.ofNanos(System.nanoTime() - start)));
  }

  @Test
  void theLastNodeKeepsEverythingAndServesReadsAndWrites(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b", "c");
    nodes.get(0).map(PLAIN).load("a", 5_000);
    nodes.get(1).map(PLAIN).load("b", 5_000);
    nodes.get(2).map(PLAIN).load("c", 5_000);
    cluster.awaitAgreement(PLAIN);

    nodes.get(0).kill();
    nodes.get(2).kill();

    RemoteMap last = nodes.get(1).map(PLAIN);
    Duration writes = last.puts("during", 1_000); // at once: the others are still in the view
    assertThat(last.size()).isEqualTo(16_000);
    cluster.awaitMembers();
    last.put("a-00000", "after");
    assertThat(last.remove("c-00000")).isTrue();
    assertThat(last.get("a-00000")).isEqualTo("after");
    assertThat(last.size()).isEqualTo(15_999);
    Figures.print("1,000 puts while both other nodes were dead: %s", Figures.millis(writes));
  }

  @Test
  void aNodeThatClosesRightAfterAThousandPutsLosesNoneOfThem(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b", "c");
    NodeProcess leaver = nodes.get(2);
    int[] valueLengths = {10, 10, 10, 1_000, 20_000};
    for (int round = 0; round < valueLengths.length; round++) {
      leaver.map(PLAIN).putsThenCloseNode("round" + round, 1_000, valueLengths[round]);
      int expected = 1_000 * (round + 1);
      for (NodeProcess other : nodes.subList(0, 2)) {
        await().untilAsserted(() -> assertThat(other.map(PLAIN).size()).isEqualTo(expected));
      }
      leaver.renew();
      leaver.start();
    }
  }

  @Test
  void whatIsReplicatedToAllSurvivesItsWritersEndInThatInstant(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b", "c", "d");
    nodes.get(2).map(PLAIN).putsThenHaltWhenReplicated("first", 2_000);
    for (NodeProcess other : nodes.subList(0, 2)) {
      assertThat(other.map(PLAIN).size()).isEqualTo(2_000);
    }
    nodes.get(3).map(OTHER).putsThenHaltWhenReplicated("second", 2_000);
    for (NodeProcess other : nodes.subList(0, 2)) {
      assertThat(other.map(OTHER).size()).isEqualTo(2_000);
    }
    cluster.awaitMembers();
    cluster.awaitAgreement(PLAIN);
    cluster.awaitAgreement(OTHER);
  }
}
