package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.PLAIN;
import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.cluster.NodeOptions.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that begin apart end as one cluster that has lost nothing. */
@ExtendWith(ClusterExtension.class)
class MergeIT {

  private static final int ROUNDS = 20;

  @Test
  void twoNodesStartedAtTheSameMomentEndAsOneCluster(Cluster cluster) {
    List<NodeProcess> nodes = Stream.of("a", "b").map(cluster::launch).toList();
    Duration slowest = Duration.ZERO;
    for (int round = 1; round <= ROUNDS; round++) {
      nodes.forEach(node -> node.map(PLAIN).load(node.name(), 500));
      nodes.forEach(node -> node.map(PLAIN).put("contested", node.name()));
      Set<String> newest = newestValues(nodes, "contested");

      long start = System.nanoTime();
      Cluster.atOnce(nodes, NodeProcess::start);
      Cluster.atOnce(nodes, node -> node.map(PLAIN).put("started-" + node.name(), "too"));
      cluster.awaitMembers();
      cluster.awaitAgreement(PLAIN);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);

      slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
      assertThat(nodes.get(0).map(PLAIN).contents())
          .hasSize(2 * 500 + 3)
          .containsKeys("started-a", "started-b");
      assertThat(nodes.get(0).map(PLAIN).get("contested")).isIn(newest);
      nodes.forEach(NodeProcess::renew);
    }
    Figures.print(
        "two nodes started at the same moment, %d rounds: one cluster in agreement after at most"
            + " %s",
        ROUNDS, Figures.millis(slowest));
  }

  @Test
  void separateClustersThatFindEachOtherLoseNothing(Cluster cluster) {
    cluster.with(Option.LOOKS_FOR_OTHERS, false);
    List<NodeProcess> nodes = Stream.of("a", "b", "c").map(cluster::launch).toList();
    nodes.forEach(NodeProcess::start);
    assertThat(nodes).allSatisfy(node -> assertThat(node.members()).hasSize(1));
    nodes.forEach(node -> node.map(PLAIN).load(node.name(), 1_000));
    nodes.forEach(node -> node.map(PLAIN).put("contested", node.name()));
    nodes.forEach(node -> node.map(PLAIN).conflict(node.name().charAt(0), 1_000, 100));
    Set<String> newest = newestValues(nodes, "contested");

    long start = System.nanoTime();
    nodes.forEach(NodeProcess::reveal);
    cluster.awaitMembers();
    cluster.awaitAgreement(PLAIN);

    Figures.print(
        "three clusters of one node each: merged and in agreement after %s",
        Figures.millis(Duration.ofNanos(System.nanoTime() - start)));
    assertThat(nodes.get(1).map(PLAIN).contents()).containsKeys("a-00000", "b-00500", "c-00999");
    assertThat(nodes.get(0).map(PLAIN).get("contested")).isIn(newest);
    assertThat(nodes.get(0).map(PLAIN).contents().keySet())
        .filteredOn(key -> !key.startsWith("key-"))
        .hasSize(3 * 1_000 + 1);
  }

  /** The newest value on each node that no other node's is newer than, by the millisecond. */
  private static Set<String> newestValues(List<NodeProcess> nodes, String key) {
    List<DumpedEntry> entries =
        nodes.stream().map(node -> node.map(PLAIN).dump().get(key)).toList();
    Instant last = entries.stream().map(DumpedEntry::writtenAt).max(naturalOrder()).orElseThrow();
    return entries.stream()
        .filter(entry -> entry.writtenAt().equals(last))
        .map(DumpedEntry::value)
        .collect(Collectors.toSet());
  }
}
