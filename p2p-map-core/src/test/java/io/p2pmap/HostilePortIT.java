package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.Cluster;
import io.p2pmap.cluster.ClusterExtension;
import io.p2pmap.cluster.Figures;
import io.p2pmap.cluster.NodeOptions.Option;
import io.p2pmap.cluster.NodeProcess;
import io.p2pmap.cluster.Ports;
import io.p2pmap.cluster.TestMaps;
import io.p2pmap.cluster.TestSecrets;
import io.p2pmap.internal.transport.jgroups.HostileTransport;
import io.p2pmap.internal.transport.jgroups.JGroupsSettings;
import io.p2pmap.internal.wire.WireVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody who knows all that a node must know to be let in sends mutated packets to the ports of
 * nodes with little memory: to JGroups' own protocols as well as to ours.
 */
@ExtendWith(ClusterExtension.class)
@Tag("faults")
class HostilePortIT {

  private static final int PACKETS = Integer.getInteger("fuzz.packets", 5_000);
  private static final int PACKETS_A_NODE = 2_000;
  private static final Duration ATTACK = Duration.ofSeconds(10);
  private static final int ENTRIES = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of each kind one a minute, JGroups' kinds included. */
  private static final int MAX_LINES = 30;

  private final String clusterName = "hostile-" + UUID.randomUUID();
  private final int firstPort = Ports.firstOfFree(10);
  private final AtomicLong sent = new AtomicLong();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mutatedPacketsOfAnInsiderStopNobody(boolean isSecured, Cluster cluster)
      throws InterruptedException {
    String secret = isSecured ? TestSecrets.random() : "";
    cluster.with(Option.CLUSTER, clusterName).with(Option.FIRST_PORT, firstPort);
    cluster.with(Option.SECRET, secret);
    List<NodeProcess> nodes =
        List.of(cluster.launch("a", "-Xmx64m"), cluster.launch("b", "-Xmx64m"));
    nodes.forEach(NodeProcess::start);
    cluster.awaitMembers();
    nodes.get(0).map(TestMaps.PLAIN).load("kept", ENTRIES);
    Map<String, String> kept = kept(nodes.get(0));
    assertThat(kept).hasSize(ENTRIES);

    Random random = new Random(Long.getLong("seed", 1));
    while (sent.get() < PACKETS) {
      attack(secret, random);
      assertServes(nodes, "value " + sent.get());
    }

    cluster.awaitMembers();
    cluster.awaitAgreement(TestMaps.PLAIN);
    assertThat(nodes).allSatisfy(node -> assertThat(kept(node)).isEqualTo(kept));
    List.of("a", "b").forEach(name -> assertCalm(cluster.log(name)));
    Figures.print("%d mutated packets of an insider, secured: %s", sent.get(), isSecured);
  }

  /**
   * A node like any other joins, writes, and leaves. One that its own packets keep outside sends
   * little, so the next one takes over soon.
   */
  private void attack(String secret, Random random) throws InterruptedException {
    long until = sent.get() + PACKETS_A_NODE;
    long endNanos = System.nanoTime() + ATTACK.toNanos();
    try (ReplicatedMaps node = hostileNode(secret, random)) {
      ReplicatedMap<String, String> map =
          node.open(MapSpec.of(TestMaps.PLAIN, String.class, String.class));
      node.start();
      for (int i = 0; sent.get() < until && System.nanoTime() < endNanos; i++) {
        map.put("hostile-" + random.nextInt(20), "value " + i);
        map.remove("hostile-" + random.nextInt(20));
        map.awaitInSync(Duration.ofMillis(20));
      }
    }
  }

  private ReplicatedMaps hostileNode(String secret, Random random) {
    NodeSettings.Draft draft = new NodeSettings.Draft();
    draft.clusterName = clusterName;
    draft.nodeName = "hostile";
    draft.syncInterval = Duration.ofMillis(200);
    draft.startupTimeout = Duration.ZERO; // its own packets may keep it outside
    if (!secret.isEmpty()) {
      draft.security = NodeSecurity.sharedSecret(secret);
    }
    return new ReplicatedMaps(
        draft.toSettings(),
        (settings, incarnation) ->
            HostileTransport.create(
                settings(settings, incarnation),
                settings.security() == null ? null : settings.security().contexts(clusterName),
                random,
                sent));
  }

  private JGroupsSettings settings(NodeSettings settings, UUID incarnation) {
    List<InetSocketAddress> others =
        List.of(address(firstPort), address(firstPort + 1), address(firstPort + 2));
    return new JGroupsSettings(
        clusterName,
        settings.nodeName(),
        incarnation,
        InetAddress.getLoopbackAddress(),
        firstPort,
        9,
        () -> others,
        WireVersion.MIN,
        WireVersion.MAX);
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static Map<String, String> kept(NodeProcess node) {
    Map<String, String> contents = new TreeMap<>(node.map(TestMaps.PLAIN).contents());
    contents.keySet().removeIf(key -> !key.startsWith("kept-"));
    return contents;
  }

  /** What each writes is read on the other. */
  private static void assertServes(List<NodeProcess> nodes, String value) {
    for (NodeProcess node : nodes) {
      node.map(TestMaps.OTHER).put("of " + node, value);
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(nodes.get(0).map(TestMaps.OTHER).get("of b")).isEqualTo(value);
              assertThat(nodes.get(1).map(TestMaps.OTHER).get("of a")).isEqualTo(value);
            });
  }

  /** No thread has died, and warnings are few. */
  private void assertCalm(List<String> log) {
    assertThat(log).noneMatch(line -> line.startsWith("Exception in thread"));
    assertThat(log).noneMatch(line -> line.contains("could not be applied"));
    assertThat(log).noneMatch(line -> line.contains("OutOfMemoryError"));
    assertThat(log)
        .filteredOn(line -> line.contains("since it can't be read"))
        .hasSizeBetween(1, 5);
    assertThat(log)
        .filteredOn(line -> line.contains(" ERROR ") || line.contains(" WARN "))
        .hasSizeLessThan(MAX_LINES);
  }
}
