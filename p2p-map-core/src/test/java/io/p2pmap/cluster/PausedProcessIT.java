package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.OTHER;
import static io.p2pmap.cluster.TestMaps.PLAIN;
import static io.p2pmap.cluster.TestMaps.PRESENCE;
import static org.assertj.core.api.Assertions.assertThat;
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
  void aKeyDeletedDuringALongPauseStaysDeleted(Cluster cluster) {
    List<NodeProcess> nodes =
        cluster
            .with(Option.TOMBSTONE_TTL, TOMBSTONE_TTL)
            .with(Option.SYNC_INTERVAL, Duration.ofMillis(500))
            .start("a", "b", "c");
    NodeProcess a = nodes.get(0);
    NodeProcess paused = nodes.get(2);
    List<NodeProcess> others = nodes.subList(0, 2);
    paused.map(PLAIN).load("entry", 100);
    paused.map(OTHER).put("lonely", "value");
    nodes.forEach(node -> node.map(PRESENCE).put(node.name(), "here"));
    cluster.awaitAgreement(PLAIN);
    cluster.awaitAgreement(OTHER);
    cluster.awaitEverywhere(node -> assertThat(node.map(PRESENCE).size()).isEqualTo(3));
    nodes.forEach(node -> node.map(PLAIN).subscribe());
    nodes.forEach(node -> node.map(OTHER).subscribe());

    long start = System.nanoTime();
    paused.pause();
    a.map(PLAIN).remove("entry-00000");
    a.map(OTHER).remove("lonely");
    await()
        .during(TOMBSTONE_TTL.plusSeconds(1))
        .atMost(TOMBSTONE_TTL.plusSeconds(4))
        .untilAsserted(() -> assertThat(others).allSatisfy(node -> assertTombstones(node, 1)));
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(others)
                    .allSatisfy(
                        node -> {
                          assertThat(node.members()).doesNotContain("c");
                          assertThat(node.map(PRESENCE).contents()).containsOnlyKeys("a", "b");
                          assertTombstones(node, 0);
                        }));
    Duration stopped = Duration.ofNanos(System.nanoTime() - start);
    a.map(PLAIN).put("entry-00001", "changed");

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

  private static void assertTombstones(NodeProcess node, int expected) {
    assertThat(node.map(PLAIN).status().number("tombstones")).isEqualTo(expected);
    assertThat(node.map(OTHER).status().number("tombstones")).isEqualTo(expected);
  }

  private static void assertStaysDeleted(NodeProcess node) {
    assertThat(node.map(OTHER).contents()).isEmpty();
    assertThat(node.map(PLAIN).contents())
        .doesNotContainKey("entry-00000")
        .containsEntry("entry-00001", "changed")
        .containsEntry("awake", "again")
        .hasSize(100);
  }

  /** The listeners saw the keys go, and never come back. */
  private static void assertWasToldOnce(NodeProcess node) {
    assertThat(node.map(OTHER).events()).extracting(ObservedEvent::kind).containsExactly("REMOVED");
    assertThat(node.map(PLAIN).events())
        .filteredOn(event -> event.key().equals("entry-00000"))
        .extracting(ObservedEvent::kind)
        .containsExactly("REMOVED");
  }
}
