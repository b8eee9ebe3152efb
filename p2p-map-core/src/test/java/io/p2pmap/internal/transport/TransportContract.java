package io.p2pmap.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Transport} promises. Each test method gets a cluster of its own. */
public abstract class TransportContract {

  private final List<TestNode> nodes = new ArrayList<>();

  /** A transport of this test's cluster, not started. */
  protected abstract Transport newTransport(
      UUID incarnation, String nodeName, int minWireVersion, int maxWireVersion);

  protected final TestNode newNode(String name) {
    UUID id = UUID.randomUUID();
    Transport transport = newTransport(id, name, TestNode.MIN_WIRE, TestNode.MAX_WIRE);
    TestNode node = new TestNode(id, name, transport, new RecordingHandler());
    nodes.add(node);
    return node;
  }

  /** Starts nodes one after the other and waits until all see each other. */
  protected final List<TestNode> startCluster(String... names) {
    List<TestNode> started = new ArrayList<>();
    for (String name : names) {
      started.add(newNode(name).start());
    }
    for (TestNode node : started) {
      node.awaitOthers(started.stream().filter(n -> n != node).toArray(TestNode[]::new));
    }
    return started;
  }

  @AfterEach
  void closeNodes() {
    nodes.forEach(TestNode::close);
  }

  @Test
  void aLoneNodeHasAViewOfItselfWhenStartReturns() {
    TestNode node = newNode("alone").start();

    Peer self = node.handler().view().self();
    assertThat(self.id()).isEqualTo(node.id());
    assertThat(self.nodeName()).isEqualTo("alone");
    assertThat(self.address()).isNotBlank();
    assertThat(node.handler().view().others()).isEmpty();
  }

  @Test
  void twoNodesSeeEachOthersNameAndWireVersions() {
    List<TestNode> cluster = startCluster("a", "b");

    Peer b = cluster.get(0).handler().view().others().get(0);
    assertThat(b.nodeName()).isEqualTo("b");
    assertThat(b.minWireVersion()).isEqualTo(TestNode.MIN_WIRE);
    assertThat(b.maxWireVersion()).isEqualTo(TestNode.MAX_WIRE);
    assertThat(b).isEqualTo(cluster.get(1).handler().view().self());
    assertThat(cluster.get(1).handler().view().others())
        .containsExactly(cluster.get(0).handler().view().self());
  }

  @Test
  void multicastsReachAllOthersInOrderButNotTheirSender() {
    List<TestNode> cluster = startCluster("a", "b", "c");
    List<String> sent = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();

    sent.forEach(text -> cluster.get(0).transport().multicast(text.getBytes(UTF_8)));

    for (TestNode receiver : cluster.subList(1, 3)) {
      awaitFrames(receiver, cluster.get(0), sent.size());
      assertThat(receiver.handler().framesFrom(cluster.get(0).id()))
          .extracting(frame -> new String(frame, UTF_8))
          .containsExactlyElementsOf(sent);
    }
    assertThat(cluster.get(0).handler().received()).isEmpty();
  }

  @Test
  void unicastsReachOneMemberInOrder() {
    List<TestNode> cluster = startCluster("a", "b", "c");
    List<String> sent = IntStream.range(0, 500).mapToObj(Integer::toString).toList();

    sent.forEach(
        text -> cluster.get(0).transport().unicast(cluster.get(1).id(), text.getBytes(UTF_8)));
    cluster.get(0).transport().multicast("for all".getBytes(UTF_8));

    awaitFrames(cluster.get(1), cluster.get(0), sent.size() + 1);
    assertThat(cluster.get(1).handler().framesFrom(cluster.get(0).id()))
        .extracting(frame -> new String(frame, UTF_8))
        .filteredOn(text -> !text.equals("for all"))
        .containsExactlyElementsOf(sent);
    awaitFrames(cluster.get(2), cluster.get(0), 1);
    assertThat(cluster.get(2).handler().received()).hasSize(1);
  }

  @Test
  void aUnicastToAStrangerOrToItselfDoesNothing() {
    List<TestNode> cluster = startCluster("a", "b");

    cluster.get(0).transport().unicast(UUID.randomUUID(), new byte[1]);
    cluster.get(0).transport().unicast(cluster.get(0).id(), new byte[1]);
    cluster.get(0).transport().unicast(cluster.get(1).id(), new byte[2]);

    awaitFrames(cluster.get(1), cluster.get(0), 1);
    assertThat(cluster.get(0).handler().received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 70_000, 3_000_000})
  void aFrameOfAnyLengthArrivesIntact(int lengthBytes) {
    List<TestNode> cluster = startCluster("a", "b");
    byte[] frame = new byte[lengthBytes];
    new Random(lengthBytes).nextBytes(frame);
    byte[] expected = frame.clone();

    cluster.get(0).transport().multicast(frame);
    cluster.get(0).transport().unicast(cluster.get(1).id(), frame);
    Arrays.fill(frame, (byte) 0); // the sender may use its array again

    awaitFrames(cluster.get(1), cluster.get(0), 2);
    assertThat(cluster.get(1).handler().framesFrom(cluster.get(0).id()))
        .allSatisfy(received -> assertThat(received).isEqualTo(expected));
  }

  @Test
  void aFrameLongerThanAllowedIsRefused() {
    TestNode node = newNode("a").start();
    byte[] frame = new byte[Transport.MAX_FRAME_BYTES + 1];

    assertThatIllegalArgumentException().isThrownBy(() -> node.transport().multicast(frame));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> node.transport().unicast(UUID.randomUUID(), frame));
  }

  @Test
  void aLeaveIsReportedWithinASecond() {
    List<TestNode> cluster = startCluster("a", "b", "c");

    cluster.get(0).close(); // the first is JGroups' coordinator, the harder case

    await()
        .atMost(Duration.ofSeconds(1))
        .until(() -> cluster.get(1).sees(cluster.get(2)) && cluster.get(2).sees(cluster.get(1)));
  }

  @Test
  void aReturningNodeIsSeenAgain() {
    List<TestNode> cluster = startCluster("a", "b");
    cluster.get(1).close();
    cluster.get(0).awaitOthers();

    TestNode returned = newNode("b").start();

    cluster.get(0).awaitOthers(returned);
    returned.awaitOthers(cluster.get(0));
  }

  @Test
  void closeMayBeCalledTwiceAndBeforeStart() {
    TestNode started = newNode("a").start();
    TestNode unstarted = newNode("b");

    assertThatNoException()
        .isThrownBy(
            () -> {
              started.close();
              started.close();
              unstarted.close();
            });
    assertThatIllegalStateException().isThrownBy(unstarted::start);
  }

  @Test
  void aTransportStartsOnce() {
    TestNode node = newNode("a").start();

    assertThatIllegalStateException().isThrownBy(node::start);
    assertThat(node.handler().views()).hasSize(1);
  }

  @Test
  void sendingBeforeStartAndAfterCloseDoesNothing() {
    TestNode receiver = newNode("receiver").start();
    TestNode sender = newNode("sender");

    sender.transport().multicast(new byte[1]);
    sender.transport().unicast(receiver.id(), new byte[1]);
    sender.start();
    sender.awaitOthers(receiver);
    sender.close();
    sender.transport().multicast(new byte[1]);
    sender.transport().unicast(receiver.id(), new byte[1]);

    receiver.awaitOthers();
    assertThat(receiver.handler().received()).isEmpty();
  }

  @Test
  void everyThreadIsADaemonNamedP2pmap() {
    Set<Thread> before = liveThreads();
    List<TestNode> cluster = startCluster("a", "b", "c");
    cluster.get(0).transport().multicast(new byte[100_000]);
    awaitFrames(cluster.get(2), cluster.get(0), 1);

    Set<Thread> ours = liveThreads();
    ours.removeAll(before);

    assertThat(ours)
        .isNotEmpty()
        .allSatisfy(thread -> assertThat(thread.getName()).startsWith("p2pmap-"))
        .allMatch(Thread::isDaemon);
  }

  @Test
  void fiftyRoundsLeaveNoThread() {
    Set<Thread> before = liveThreads();

    for (int round = 0; round < 50; round++) {
      startCluster("a", "b").forEach(TestNode::close);
    }

    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(liveThreads()).isSubsetOf(before));
  }

  protected static void awaitFrames(TestNode receiver, TestNode sender, int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> receiver.handler().framesFrom(sender.id()).size() >= count);
  }

  /** Without those of the JVM and of the test libraries, which come and go. */
  protected static Set<Thread> liveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getThreadGroup() != null)
        .filter(thread -> !thread.getThreadGroup().getName().equals("system"))
        .filter(thread -> !thread.getName().startsWith("awaitility"))
        .filter(thread -> !thread.getName().startsWith("junit"))
        .collect(Collectors.toSet());
  }
}
