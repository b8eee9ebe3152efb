package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.OTHER;
import static io.p2pmap.cluster.TestMaps.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Little bandwidth, lost packets, little memory. */
@ExtendWith(ClusterExtension.class)
@Tag("faults")
class ScarceResourcesIT {

  private static final int ENTRIES = 2_000;
  private static final int VALUE_LENGTH = 80;

  @Test
  void aSlowLinkDelaysButSendsEverythingOnlyAFewTimes(Cluster cluster) {
    assumeThat(Namespaces.whyNot()).as("reason to skip").isEmpty();
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    Namespaces network = (Namespaces) faulty.network();
    network.limitBandwidth("a", "256kbit");
    long before = network.sentBytes("a");
    NodeProcess a = faulty.node("a");
    a.call("load", PLAIN, "entry", 0, ENTRIES, VALUE_LENGTH);
    for (String name : List.of("b", "c")) {
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(() -> assertThat(faulty.node(name).map(PLAIN).size()).isEqualTo(ENTRIES));
    }
    long sent = network.sentBytes("a") - before;
    long payload = 2L * ENTRIES * (VALUE_LENGTH + "entry-00000".length());
    Figures.print(
        "256 kbit/s: %d bytes of keys and values to two nodes took %d bytes on the wire",
        payload, sent);
    assertThat(sent).isLessThan(3 * payload);
    assertThat(a.members()).as("nobody was lost").hasSize(3);
    faulty.heal();
  }

  @Test
  void aFifthOfThePacketsLostDelaysButLosesNothing(Cluster cluster) {
    assumeThat(Namespaces.whyNot()).as("reason to skip").isEmpty();
    assumeThat(Namespaces.isInstalled("nft")).as("nft is installed").isTrue();
    FaultyCluster faulty = FaultyCluster.start(cluster, "a", "b", "c");
    Namespaces network = (Namespaces) faulty.network();
    List.of("a", "b", "c").forEach(node -> network.losePackets(node, 20));
    faulty.work(20, VALUE_LENGTH, 40);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> faulty.node("a").call("work-done").number(0) >= 150);
    faulty.stopWork();
    cluster.awaitAgreement(PLAIN); // before anything is repaired
    faulty.heal();
    faulty.check();
  }

  /**
   * More is written than the memory of one node holds. If it can't go on, then it ends; its peers
   * must neither follow it nor hold anything else than each other.
   */
  @Test
  void aNodeWithLittleMemoryDoesNotHarmItsPeers(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b");
    NodeProcess small = cluster.launch("small", "-Xmx64m");
    small.start();
    cluster.awaitMembers();
    for (int i = 0; i < 60; i++) {
      nodes.get(i % 2).call("load", OTHER, "large", i, 1, 1_000_000);
      nodes.get(i % 2).map(PLAIN).put("key", "value " + i);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(nodes)
                    .allSatisfy(
                        node -> {
                          assertThat(node.map(OTHER).size()).isEqualTo(60);
                          assertThat(node.map(PLAIN).get("key")).isEqualTo("value 59");
                          assertThat(node.map(OTHER).status().number("divergences")).isZero();
                        }));
    small.kill();
    cluster.awaitMembers();
    assertThat(nodes.get(0).map(OTHER).awaitInSync(Duration.ofSeconds(20))).isTrue();
    assertThat(cluster.fingerprints(OTHER)).hasSize(1);
  }
}
