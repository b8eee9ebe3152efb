package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.OTHER;
import static io.p2pmap.cluster.TestMaps.PLAIN;
import static io.p2pmap.cluster.TestMaps.PRESENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.NodeOptions.Option;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process stops in the middle of everything, and goes on later. */
@ExtendWith(ClusterExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows can't stop a process by a signal")
class PausedProcessIT {

  private static final Duration TOMBSTONE_TTL = Duration.ofSeconds(2);

  @Test
  void keysDeletedDuringALongPauseStayDeleted(Cluster cluster) {
    List<NodeProcess> nodes =
        cluster
            .with(Option.TOMBSTONE_TTL, TOMBSTONE_TTL)
            .with(Option.SYNC_INTERVAL, Duration.ofMillis(500))
            .start("a", "b", "c");
    fill(cluster, nodes);
    NodeProcess a = nodes.get(0);
    NodeProcess paused = nodes.get(2);
    List<NodeProcess> others = nodes.subList(0, 2);

    long start = System.nanoTime();
    paused.pause();
    a.map(PLAIN).remove("deleted early");
    await()
        .during(TOMBSTONE_TTL.plusSeconds(1))
        .atMost(TOMBSTONE_TTL.plusSeconds(4))
        .untilAsserted(() -> assertThat(others).allSatisfy(node -> assertTombstones(node, 1, 0)));
    awaitExpelled(others);
    a.map(PLAIN).remove("deleted late"); // what was sent before still waits in its sockets
    a.map(OTHER).remove("lonely");
    a.map(PLAIN).put("entry-00001", "changed");
    await()
        .untilAsserted(() -> assertThat(others).allSatisfy(node -> assertTombstones(node, 0, 0)));
    Duration stopped = Duration.ofNanos(System.nanoTime() - start);

    long resumed = System.nanoTime();
    paused.resume();
    paused.map(PLAIN).put("awake", "again");
    cluster.awaitMembers();
    cluster.awaitAgreement(PLAIN);
    cluster.awaitAgreement(OTHER);
    Figures.print(
        "stopped for %s (tombstone-ttl %s, tombstones gone), agreed again after %s",
        Figures.millis(stopped),
        TOMBSTONE_TTL,
        Figures.millis(Duration.ofNanos(System.nanoTime() - resumed)));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(4))
        .untilAsserted(() -> assertThat(nodes).allSatisfy(PausedProcessIT::assertStaysDeleted));
    cluster.awaitEverywhere(
        node -> assertThat(node.map(PRESENCE).contents()).containsOnlyKeys("a", "b", "c"));
    assertThat(nodes).allSatisfy(PausedProcessIT::assertWasToldOnce);
  }

  private static void fill(Cluster cluster, List<NodeProcess> nodes) {
    RemoteMap plain = nodes.get(2).map(PLAIN);
    plain.load("entry", 100);
    plain.put("deleted early", "value");
    plain.put("deleted late", "value");
    nodes.get(2).map(OTHER).put("lonely", "value");
    nodes.forEach(node -> node.map(PRESENCE).put(node.name(), "here"));
    cluster.awaitAgreement(PLAIN);
    cluster.awaitAgreement(OTHER);
    cluster.awaitEverywhere(node -> assertThat(node.map(PRESENCE).size()).isEqualTo(3));
    nodes.forEach(node -> node.map(PLAIN).subscribe());
    nodes.forEach(node -> node.map(OTHER).subscribe());
  }

  private static void awaitExpelled(List<NodeProcess> others) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(others)
                    .allSatisfy(
                        node -> {
                          assertThat(node.members()).doesNotContain("c");
                          assertThat(node.map(PRESENCE).contents()).containsOnlyKeys("a", "b");
                        }));
  }

  private static void assertTombstones(NodeProcess node, int inPlain, int inOther) {
    assertThat(node.map(PLAIN).status().number("tombstones")).isEqualTo(inPlain);
    assertThat(node.map(OTHER).status().number("tombstones")).isEqualTo(inOther);
  }

  private static void assertStaysDeleted(NodeProcess node) {
    assertThat(node.map(OTHER).contents()).isEmpty();
    assertThat(node.map(PLAIN).contents())
        .doesNotContainKeys("deleted early", "deleted late")
        .containsEntry("entry-00001", "changed")
        .containsEntry("awake", "again")
        .hasSize(101);
  }

  /** The listeners saw the keys go, and never come back. */
  private static void assertWasToldOnce(NodeProcess node) {
    assertThat(node.map(OTHER).events()).extracting(ObservedEvent::kind).containsExactly("REMOVED");
    assertThat(node.map(PLAIN).events())
        .filteredOn(event -> event.key().startsWith("deleted"))
        .extracting(ObservedEvent::kind, ObservedEvent::key)
        .containsExactlyInAnyOrder(
            tuple("REMOVED", "deleted early"), tuple("REMOVED", "deleted late"));
  }
}
