package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.EXPIRING;
import static io.p2pmap.cluster.TestMaps.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.NodeOptions.Option;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One node's clock is a day ahead, and is put right later. */
@ExtendWith(ClusterExtension.class)
class WrongClockIT {

  private static final Duration SHORT = Duration.ofSeconds(6);

  @Test
  void aClockThatWasADayAheadLocksNobodyOutAndLosesNothing(Cluster cluster) {
    List<NodeProcess> nodes =
        cluster
            .with(Option.MAX_CLOCK_DRIFT, Duration.ofSeconds(1)) // so that doubtful entries may go
            .with(Option.SYNC_INTERVAL, Duration.ofMillis(500))
            .start("a", "b", "c");
    NodeProcess a = nodes.get(0);
    NodeProcess b = nodes.get(1);
    NodeProcess wrong = nodes.get(2);
    a.map(EXPIRING).put("lives an hour", "of a");
    writeOwn(nodes, "before");

    wrong.clockOffset(Duration.ofDays(1));
    wrong.map(PLAIN).put("key", "of tomorrow");
    wrong.map(PLAIN).put("removed", "of tomorrow");
    writeOwn(nodes, "while ahead");
    awaitValue(cluster, "key", "of tomorrow");
    awaitValue(cluster, "removed", "of tomorrow");

    a.map(PLAIN).put("key", "overwritten by a");
    b.map(PLAIN).remove("removed");
    awaitValue(cluster, "key", "overwritten by a");
    awaitValue(cluster, "removed", null);
    theOthersEntriesLiveTheirTime(cluster, a, b, wrong);

    wrong.clockOffset(Duration.ZERO);
    cluster.awaitEverywhere(WrongClockIT::assertClockIsConfirmed);
    cluster.awaitEverywhere(
        node -> assertThat(node.map(EXPIRING).get("lives an hour")).isEqualTo("of a"));
    writeOwn(nodes, "after");
    wrong.map(PLAIN).put("key", "written with the right clock");
    awaitValue(cluster, "key", "written with the right clock");
    b.map(PLAIN).put("removed", "again");
    awaitValue(cluster, "removed", "again");

    NodeProcess late = cluster.launch("d");
    late.start();
    late.map(PLAIN).put("key", "of a late node");
    awaitValue(cluster, "key", "of a late node");
    assertThat(late.map(PLAIN).contents())
        .hasSize(2 + 3 * 3)
        .containsEntry("c while ahead", "c")
        .containsEntry("a after", "a");
    cluster.awaitMembers();
    cluster.awaitAgreement(PLAIN);
  }

  private static void writeOwn(List<NodeProcess> nodes, String when) {
    nodes.forEach(node -> node.map(PLAIN).put(node.name() + " " + when, node.name()));
  }

  private static void awaitValue(Cluster cluster, String key, String value) {
    cluster.awaitEverywhere(node -> assertThat(node.map(PLAIN).get(key)).isEqualTo(value));
  }

  /** Only the node with the wrong clock hides them early; it makes nobody forget them. */
  private static void theOthersEntriesLiveTheirTime(
      Cluster cluster, NodeProcess a, NodeProcess b, NodeProcess wrong) {
    await().untilAsserted(() -> assertThat(isClockConfirmed(wrong)).isFalse());
    assertClockIsConfirmed(a);
    assertClockIsConfirmed(b);
    assertThat(wrong.map(EXPIRING).get("lives an hour")).isNull();

    long start = System.nanoTime();
    a.map(PLAIN).put("lives shortly", "of a", SHORT);
    await()
        .during(SHORT.minusSeconds(3))
        .atMost(SHORT.minusMillis(500))
        .untilAsserted(
            () -> {
              assertThat(a.map(PLAIN).get("lives shortly")).isNotNull();
              assertThat(b.map(PLAIN).get("lives shortly")).isNotNull();
              assertThat(b.map(EXPIRING).get("lives an hour")).isNotNull();
            });
    awaitValue(cluster, "lives shortly", null);
    Duration lived = Duration.ofNanos(System.nanoTime() - start);
    Figures.print(
        "an entry to live %s lived %s while another node's clock was a day ahead",
        SHORT, Figures.millis(lived));
    assertThat(lived).isBetween(SHORT.minusMillis(50), SHORT.plusSeconds(4));
  }

  private static void assertClockIsConfirmed(NodeProcess node) {
    assertThat(isClockConfirmed(node)).as("clock of %s", node).isTrue();
  }

  private static boolean isClockConfirmed(NodeProcess node) {
    return node.map(PLAIN).status().isClockConfirmed();
  }
}
