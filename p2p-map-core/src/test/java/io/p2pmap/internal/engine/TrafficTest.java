package io.p2pmap.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How many messages and bytes are sent for what. The figures are exact; see docs/performance.md.
 */
class TrafficTest {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final byte[] VALUE = new byte[100];
  private static final int KEY_BYTES = 16;

  private final VirtualCluster cluster = new VirtualCluster(INTERVAL);

  private static String key(int number) {
    return "key-%012d".formatted(number);
  }

  private void fill(VirtualCluster.Node node, int entries) {
    for (int i = 0; i < entries; i++) {
      node.put(key(i), VALUE);
      if (i % 300 == 0) {
        cluster.settle();
      }
    }
    cluster.run(INTERVAL.multipliedBy(3));
  }

  private List<VirtualCluster.Node> nodesWith(int count, int entries) {
    List<VirtualCluster.Node> nodes = cluster.add(count);
    fill(nodes.get(0), entries);
    assertThat(nodes).allMatch(node -> node.size() == entries);
    cluster.resetCounts();
    return nodes;
  }

  @Test
  void anIdleClusterSendsOneSmallDigestANodeAndPeerInEachInterval() {
    nodesWith(3, 1_000);
    cluster.run(INTERVAL.multipliedBy(100));
    assertThat(cluster.messages()).isBetween(590L, 610L); // 3 nodes, 2 peers, 100 intervals
    assertThat(cluster.bytes() / cluster.messages()).isLessThanOrEqualTo(110);
  }

  @Test
  void theTrafficOfAnIdleClusterDoesNotGrowWithTheMap() {
    VirtualCluster small = idleFor(1_000);
    VirtualCluster large = idleFor(100_000);
    assertThat(large.messages()).isEqualTo(small.messages());
    // The number of entries takes three bytes instead of two.
    assertThat(large.bytes()).isEqualTo(small.bytes() + small.messages());
  }

  private static VirtualCluster idleFor(int entries) {
    TrafficTest test = new TrafficTest();
    test.nodesWith(3, entries);
    test.cluster.run(INTERVAL.multipliedBy(20));
    return test.cluster;
  }

  @Test
  void whatANodeSendsWhileIdleIsBoundedHoweverManyThereAre() {
    long few = idleMessagesOfANode(17);
    long many = idleMessagesOfANode(102);
    assertThat(many).isLessThanOrEqualTo(few * 11 / 10);
  }

  private static long idleMessagesOfANode(int members) {
    TrafficTest test = new TrafficTest();
    test.nodesWith(members, 1);
    int spread = Math.max(1, members / 16);
    test.cluster.run(INTERVAL.multipliedBy(20 * spread)); // some of everybody's reports
    return test.cluster.messages() / members / spread;
  }

  @Test
  void aHotKeyCostsLittleMoreThanItsBatches() {
    List<VirtualCluster.Node> nodes = nodesWith(3, 1);
    int puts = 1_000_000;
    for (int i = 0; i < puts; i++) {
      nodes.get(0).put("hot", VALUE);
      if (i % 1_000 == 0) { // the network takes one message while there are a thousand writes
        cluster.settle();
      }
    }
    cluster.settle();
    long unconflated = 2L * puts * (KEY_BYTES + VALUE.length);
    assertThat(cluster.bytes()).isLessThan(unconflated / 100);
  }

  @Test
  void whoMissedSomeChangesIsSentLittleMoreThanThoseWithinAnInterval() {
    List<VirtualCluster.Node> nodes = nodesWith(3, 100_000);
    nodes.get(2).cut();
    int missed = 100;
    for (int i = 0; i < missed; i++) {
      nodes.get(0).put(key(i * 997), new byte[VALUE.length]);
    }
    cluster.settle();
    nodes.get(2).heal();
    cluster.resetCounts();
    cluster.run(INTERVAL.multipliedBy(11).dividedBy(10)); // reports are spread by a tenth
    assertThat(nodes.get(2).driver().status().lasting())
        .isEqualTo(nodes.get(0).driver().status().lasting());
    assertThat(cluster.bytes()).isLessThan(3L * missed * (KEY_BYTES + VALUE.length));
  }

  @Test
  void whoJoinsIsSentEverythingOnce() {
    int entries = 100_000;
    nodesWith(3, entries);
    VirtualCluster.Node joined = cluster.add();
    cluster.settle();
    assertThat(joined.size()).isEqualTo(entries);
    assertThat(cluster.bytes()).isLessThan(entries * (KEY_BYTES + VALUE.length) * 12L / 10);
  }
}
