package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Nodes that work while their network fails, and what every test asks of them at the end.
 * Threading: one thread.
 */
final class FaultyCluster {

  /** All nodes hold the same again within this time of the link's return. */
  static final Duration HEAL_LIMIT = Duration.ofSeconds(10);

  /** Machines under test may be as slow as this in comparison. */
  private static final int PATIENCE = 3;

  private final Cluster cluster;
  private final FaultyNetwork network;
  private boolean doConfirmedSurvive;

  private FaultyCluster(Cluster cluster, FaultyNetwork network) {
    this.cluster = cluster;
    this.network = network;
  }

  /** Starts nodes in network namespaces if that is possible here, else on the loopback. */
  static FaultyCluster start(Cluster cluster, String... names) {
    boolean isForced = "loopback".equals(System.getProperty("faults.network"));
    FaultyNetwork network =
        !isForced && Namespaces.whyNot().isEmpty()
            ? Namespaces.create()
            : new LoopbackFaults(cluster::node);
    FaultyCluster faulty = new FaultyCluster(cluster, network);
    cluster.in(network, names).start(names);
    faulty.transfers(); // counted from now on
    return faulty;
  }

  Cluster cluster() {
    return cluster;
  }

  FaultyNetwork network() {
    return network;
  }

  NodeProcess node(String name) {
    return cluster.node(name);
  }

  /** Whether cut links lose the packets themselves. */
  boolean isRealNetwork() {
    return network instanceof Namespaces;
  }

  /** All nodes begin to write. */
  void work(int perSecond, int valueLength, int keys) {
    for (NodeProcess node : cluster.alive()) {
      work(node, perSecond, valueLength, keys);
    }
  }

  static void work(NodeProcess node, int perSecond, int valueLength, int keys) {
    node.call("work", PLAIN, perSecond, valueLength, keys, node.run().hashCode());
  }

  /** Waits until a node has done so many more operations. */
  void awaitOperations(String name, int more) {
    NodeProcess node = node(name);
    long before = node.call("work-done").number(0);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> node.call("work-done").number(0) >= before + more);
  }

  /** Kills a node and starts it again. */
  NodeProcess killAndStart(String victim) {
    node(victim).kill();
    NodeProcess again = cluster.launch(victim);
    again.start();
    return again;
  }

  /** Lets time go by. */
  static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await()
        .atMost(time.plusSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> System.nanoTime() - end >= 0);
  }

  /** All nodes stop writing; checks that no call was held up. Returns the longest call. */
  Duration stopWork() {
    Duration longest = Duration.ZERO;
    for (NodeProcess node : cluster.alive()) {
      ControlLine line = node.call("work-stop");
      assertThat(line.number(0)).as("operations of %s", node).isPositive();
      assertThat(line.at(2)).as("who held up a call on %s", node).isNull();
      Duration call = Duration.ofNanos(line.number(1));
      longest = call.compareTo(longest) > 0 ? call : longest;
    }
    return longest;
  }

  /** Waits until each of {@code names} has just these nodes in its view. */
  void awaitView(String... names) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(Stream.of(names).map(this::node))
                    .allSatisfy(
                        node -> assertThat(node.members()).containsExactlyInAnyOrder(names)));
  }

  /** Makes the network whole; returns how long it took until all nodes held the same. */
  Duration heal() {
    long start = System.nanoTime();
    network.heal();
    return awaitSameSince(start);
  }

  /** Waits until all nodes hold the same; returns how long that took since then. */
  Duration awaitSameSince(long startNanos) {
    try {
      awaitSame();
    } catch (ConditionTimeoutException e) {
      cluster.alive().forEach(node -> node.call("log-threads"));
      throw e;
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - startNanos);
    cluster.awaitAgreement(PLAIN);
    return taken;
  }

  private void awaitSame() {
    await()
        .atMost(HEAL_LIMIT.multipliedBy(PATIENCE))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              assertThat(cluster.alive())
                  .allSatisfy(node -> assertThat(node.members()).hasSameSizeAs(cluster.alive()));
              assertThat(cluster.fingerprints(PLAIN)).hasSize(1);
            });
  }

  /** Confirmed writes must be there at the end although their writers may have ended. */
  FaultyCluster whereConfirmedWritesSurvive() {
    doConfirmedSurvive = true;
    return this;
  }

  /** Judges everything that the nodes did and were told. */
  void check() {
    awaitToldAll();
    List<NodeRun> runs = cluster.runs(PLAIN);
    assertThat(HistoryChecker.breaches(runs, doConfirmedSurvive)).isEmpty();
    assertThat(cluster.alive())
        .allSatisfy(node -> assertThat(node.map(PLAIN).status().number("divergences")).isZero());
  }

  /** Listeners may be behind: waits for an event of a last write that all have. */
  private void awaitToldAll() {
    await()
        .untilAsserted(
            () ->
                assertThat(cluster.runs(PLAIN))
                    .filteredOn(NodeRun::isAlive)
                    .allSatisfy(
                        run ->
                            assertThat(EventRules.breaches(run))
                                .extracting(Breach::invariant)
                                .doesNotContain("I5")));
  }

  /** Empties the map and the histories, and forgets the runs that have ended. */
  void beginAnew() {
    cluster.alive().get(0).call("clear", PLAIN);
    cluster.awaitEverywhere(node -> assertThat(node.map(PLAIN).size()).isZero());
    cluster.awaitAgreement(PLAIN);
    awaitToldAll();
    cluster.forgetEnded();
    cluster.alive().forEach(node -> node.call("history-restart"));
  }

  /** What each pair of nodes has exchanged since the first question. */
  PairTransfers transfers() {
    return PairTransfers.of(cluster.alive());
  }
}
