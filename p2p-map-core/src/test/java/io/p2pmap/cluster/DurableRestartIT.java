package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.DURABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.cluster.NodeOptions.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All nodes of a cluster end, and start again from their disks. */
@ExtendWith(ClusterExtension.class)
class DurableRestartIT {

  private static final int ENTRIES = 100_000;
  private static final int REMOVED_EARLY = 1_000;
  private static final int REMOVED_WHILE_C_WAS_DOWN = 500;

  @TempDir private Path directory;

  @Test
  void allNodesHoldTheSameAfterAllWereKilledAndNoRemovedKeyIsBack(Cluster cluster) {
    cluster
        .with(Option.STORAGE, directory)
        .with(Option.SCAN_INTERVAL, Duration.ofHours(1)); // tombstones stay
    List<NodeProcess> nodes = start(cluster);
    nodes.get(0).map(DURABLE).load("a", ENTRIES / 2);
    nodes.get(1).map(DURABLE).load("b", ENTRIES / 2);
    nodes.get(2).map(DURABLE).load("c", REMOVED_EARLY + REMOVED_WHILE_C_WAS_DOWN);
    nodes.get(2).map(DURABLE).removes("c", 0, REMOVED_EARLY);
    cluster.awaitEqualFingerprints(DURABLE);
    nodes.get(2).kill();
    nodes.get(0).map(DURABLE).removes("c", REMOVED_EARLY, REMOVED_WHILE_C_WAS_DOWN);
    nodes.get(0).map(DURABLE).put("a-00000", "last");
    nodes.get(0).map(DURABLE).awaitReplicated("ALL", Duration.ofSeconds(30));
    String fingerprint = nodes.get(0).map(DURABLE).status().fingerprint();
    nodes.get(0).kill();
    nodes.get(1).kill();

    long start = System.nanoTime();
    List<NodeProcess> again = start(cluster);
    Duration ready = Duration.ofNanos(System.nanoTime() - start);
    cluster.awaitEqualFingerprints(DURABLE);
    Duration agreed = Duration.ofNanos(System.nanoTime() - start);
    Duration processorTime =
        again.stream().map(NodeProcess::processorTime).reduce(Duration.ZERO, Duration::plus);
    assertThat(again)
        .allSatisfy(
            node -> {
              StatusLine status = node.map(DURABLE).status();
              assertThat(status.number("size")).isEqualTo(ENTRIES);
              assertThat(status.number("tombstones"))
                  .isEqualTo(REMOVED_EARLY + REMOVED_WHILE_C_WAS_DOWN);
              assertThat(status.fingerprint()).isEqualTo(fingerprint);
              assertThat(status.number("damages")).isZero();
              assertThat(node.map(DURABLE).get("a-00000")).isEqualTo("last");
              assertThat(node.map(DURABLE).get("c-00000")).isNull();
              assertThat(node.map(DURABLE).get("c-01499")).isNull();
            });
    Figures.print(
        "restart of 3 nodes with %d entries after kill -9: processes launched and ready after %s,"
            + " agreed after %s; processor time of all %s",
        ENTRIES, Figures.millis(ready), Figures.millis(agreed), Figures.millis(processorTime));
  }

  /** Launches all processes at once; returns when their nodes are ready and have met. */
  private static List<NodeProcess> start(Cluster cluster) {
    List<NodeProcess> nodes =
        Stream.of("a", "b", "c").map(name -> cluster.launch(name, "-Xmx256m")).toList();
    Cluster.atOnce(nodes, NodeProcess::start);
    cluster.awaitMembers();
    return nodes;
  }
}
