package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.PRESENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A presence map shows what the present nodes wrote, and nothing else. */
@ExtendWith(ClusterExtension.class)
class PresenceIT {

  /** A killed process closes its connections; what is left is one last chance of a second. */
  private static final Duration SUSPICION = Duration.ofSeconds(5);

  @Test
  void whatAKilledNodeWroteGoesAndStaysAwayUntilItReturns(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b", "c");
    nodes.forEach(node -> announce(cluster, node));
    List<NodeProcess> survivors = nodes.subList(0, 2);
    survivors.forEach(node -> node.map(PRESENCE).subscribe());

    nodes.get(2).kill();
    long start = System.nanoTime();
    await()
        .atMost(SUSPICION)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(survivors).allSatisfy(PresenceIT::assertIsWithoutC));
    Figures.print(
        "presence: entries of a killed node gone everywhere after %s",
        Figures.millis(Duration.ofNanos(System.nanoTime() - start)));

    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(6))
        .untilAsserted(() -> assertThat(survivors).allSatisfy(PresenceIT::assertIsWithoutC));
    for (NodeProcess node : survivors) {
      assertThat(node.map(PRESENCE).events())
          .extracting(ObservedEvent::kind, ObservedEvent::key, ObservedEvent::value)
          .containsExactlyInAnyOrder(tuple("PRUNED", "node-c", null), tuple("PUT", "newest", "b"));
    }

    NodeProcess returned = cluster.launch("c");
    returned.start();
    cluster.awaitMembers();
    announce(cluster, returned);
    cluster.awaitEverywhere(
        node ->
            assertThat(node.map(PRESENCE).contents())
                .containsOnlyKeys("node-a", "node-b", "node-c", "newest"));
  }

  /** Every node writes a key of its own and one that all write; the newest present one shows. */
  private static void announce(Cluster cluster, NodeProcess node) {
    node.map(PRESENCE).put("node-" + node.name(), "here");
    node.map(PRESENCE).put("newest", node.name());
    cluster.awaitEverywhere(
        other -> assertThat(other.map(PRESENCE).get("newest")).isEqualTo(node.name()));
  }

  private static void assertIsWithoutC(NodeProcess node) {
    assertThat(node.map(PRESENCE).contents())
        .containsOnlyKeys("node-a", "node-b", "newest")
        .containsEntry("newest", "b");
  }

  @Test
  void whatALeavingNodeWroteGoesWithItAtOnce(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b");
    nodes.forEach(node -> announce(cluster, node));

    nodes.get(1).closeNode();

    await()
        .atMost(Duration.ofSeconds(1))
        .untilAsserted(
            () ->
                assertThat(nodes.get(0).map(PRESENCE).contents())
                    .containsOnlyKeys("node-a", "newest"));
  }
}
