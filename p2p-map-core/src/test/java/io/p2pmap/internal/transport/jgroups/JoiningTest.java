package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.internal.transport.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.protocols.MsgStats;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** How nodes find and lose each other. */
class JoiningTest {

  private final TestPorts ports = TestPorts.unused(5);

  @RepeatedTest(3)
  void nodesStartedTogetherEndInOneView() {
    try (TestNode a = ports.node("a");
        TestNode b = ports.node("b");
        TestNode c = ports.node("c")) {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(a::start),
              CompletableFuture.runAsync(b::start),
              CompletableFuture.runAsync(c::start))
          .join();

      a.awaitOthers(b, c);
      b.awaitOthers(a, c);
      c.awaitOthers(a, b);
    }
  }

  @Test
  void separateClustersMergeWhenTheirNodesLearnOfEachOther() {
    List<InetSocketAddress> known = new CopyOnWriteArrayList<>();
    try (TestNode a = ports.node("a", () -> known).start();
        TestNode b = ports.node("b", () -> known).start()) {
      assertThat(a.otherIds()).isEmpty();
      assertThat(b.otherIds()).isEmpty();

      known.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.first()));

      a.awaitOthers(b);
      b.awaitOthers(a);
      b.transport().multicast(new byte[1]);
      await().until(() -> a.handler().framesFrom(b.id()).size() == 1);
    }
  }

  @Test
  void oneKnownNodeIsEnoughToReachAll() {
    List<InetSocketAddress> known =
        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.first()));
    try (TestNode a = ports.node("a", List::of).start();
        TestNode b = ports.node("b", () -> known).start();
        TestNode c = ports.node("c", () -> known).start()) {
      b.awaitOthers(a, c);
      c.awaitOthers(a, b);

      c.transport().unicast(b.id(), new byte[1]);
      b.transport().unicast(c.id(), new byte[1]);

      await().until(() -> b.handler().framesFrom(c.id()).size() == 1);
      await().until(() -> c.handler().framesFrom(b.id()).size() == 1);
    }
  }

  @Test
  void aNodeStartsThoughItsDiscoveryFails() {
    try (TestNode node =
        ports.node(
            "a",
            () -> {
              throw new IllegalStateException("name server is down");
            })) {
      node.start();

      assertThat(node.handler().views()).hasSize(1);
    }
  }

  @Test
  void aNodeStartsBesideAListenerThatNeverAnswers() throws IOException {
    try (ServerSocket silent = FreePorts.take(ports.first());
        TestNode node = ports.node("a")) {
      assertThat(silent.isBound()).isTrue();
      long startNanos = System.nanoTime();

      node.start();

      assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
          .isLessThan(Duration.ofSeconds(3));
      assertThat(node.handler().view().self().address())
          .isEqualTo("127.0.0.1:" + (ports.first() + 1));
    }
  }

  @Test
  void otherClustersOnTheSamePortsStayApart() {
    TestPorts others = new TestPorts("another-cluster", ports.first(), ports.range());
    try (TestNode a = ports.node("a").start();
        TestNode stranger = others.node("stranger").start();
        TestNode b = ports.node("b").start()) {
      a.awaitOthers(b);
      b.awaitOthers(a);
      assertThat(stranger.handler().views()).allMatch(view -> view.others().isEmpty());
    }
  }

  @Test
  void whoLeavesWhileViewsAreMergedIsGoneWithinFiveSeconds() throws Exception {
    try (RogueChannel stays = member();
        RogueChannel leaves = member()) {
      await().until(() -> stays.members() == 2 && leaves.members() == 2);
      stays.protocol(GMS.class).suspendViewHandler(); // as during a merge: requests are dropped
      leaves.protocol(GMS.class).suspendViewHandler();

      leaves.close();

      stays.protocol(GMS.class).resumeViewHandler();
      await().atMost(Duration.ofSeconds(5)).until(() -> stays.members() == 1);
    }
  }

  /** For so long that whoever is suspected only once is forgotten. */
  @Test
  void whoLeavesWhileAMergeTakesItsTimeIsGoneWithinFiveSecondsOfIt() throws Exception {
    try (RogueChannel stays = member();
        RogueChannel leaves = member()) {
      await().until(() -> stays.members() == 2 && leaves.members() == 2);
      stays.protocol(GMS.class).suspendViewHandler();
      leaves.protocol(GMS.class).suspendViewHandler();

      leaves.close();

      await().pollDelay(Duration.ofSeconds(4)).until(() -> stays.members() == 2);
      stays.protocol(GMS.class).resumeViewHandler();
      await().atMost(Duration.ofSeconds(5)).until(() -> stays.members() == 1);
    }
  }

  @Test
  void whoIsKilledWhileAMergeTakesItsTimeIsGoneWithinFiveSecondsOfIt() throws Exception {
    UUID killed = UUID.randomUUID();
    try (RogueChannel stays = member()) {
      Process process =
          CrashableNode.start(ports.clusterName(), killed, ports.first(), ports.range());
      try {
        await().until(() -> stays.members() == 2);
        stays.protocol(GMS.class).suspendViewHandler();
      } finally {
        process.destroyForcibly();
      }

      await().pollDelay(Duration.ofSeconds(4)).until(() -> stays.members() == 2);
      stays.protocol(GMS.class).resumeViewHandler();
      await().atMost(Duration.ofSeconds(5)).until(() -> stays.members() == 1);
    }
  }

  /** Heartbeats and the look-out for separated clusters come to less than two messages a second. */
  @Test
  void membersAreToldOfViewsWithoutBeingAskedFirst() throws Exception {
    try (RogueChannel one = member();
        RogueChannel other = member()) {
      await().until(() -> one.members() == 2 && other.members() == 2);
      MsgStats heard = one.protocol(MeshTcp.class).getMessageStats();
      Duration span = Duration.ofSeconds(5);
      long before = heard.getNumMsgsReceived();

      await().pollDelay(span).atMost(span.multipliedBy(2)).until(() -> true);

      assertThat(heard.getNumMsgsReceived() - before)
          .isGreaterThan(span.toSeconds() / 2) // the look-out goes on
          .isLessThan(3 * span.toSeconds());
    }
  }

  /** The thread that delivers what they send is busy, with a view say. */
  @Test
  void whoAnswersIsNotExpelledThoughItsOtherMessagesHaveToWait() throws Exception {
    try (RogueChannel asks = member();
        RogueChannel answers = member()) {
      await().until(() -> asks.members() == 2 && answers.members() == 2);
      CompletableFuture<Void> isBusy = new CompletableFuture<>();
      CompletableFuture<Void> isOver = new CompletableFuture<>();
      asks.deliverTo(
          new Receiver() {
            @Override
            public void receive(Message message) {
              isBusy.complete(null);
              isOver.join();
            }
          });
      answers.send(new BytesMessage(asks.address(), new byte[] {1}));
      isBusy.join();

      Event doubt = new Event(Event.SUSPECT, List.of(answers.address()));
      asks.protocol(VERIFY_SUSPECT2.class).up(doubt);

      await().during(Duration.ofSeconds(3)).until(() -> asks.members() == 2);
      isOver.complete(null);
    }
  }

  /** It knows that there are others, so it would be empty only because it came too early. */
  @Test
  void whoIsNotLetInDoesNotStartAlone() throws Exception {
    try (RogueChannel coordinator = member();
        ReplicatedMaps node = replicatedMaps()) {
      GMS membership = coordinator.protocol(GMS.class);
      membership.suspendViewHandler(); // for longer than the node tries to join
      CompletableFuture.delayedExecutor(6, TimeUnit.SECONDS).execute(membership::resumeViewHandler);

      node.start();

      assertThat(node.members()).hasSize(2);
    }
  }

  private ReplicatedMaps replicatedMaps() {
    return ReplicatedMaps.builder()
        .clusterName(ports.clusterName())
        .nodeName("late")
        .bindPort(ports.first())
        .portRange(ports.range())
        .startupTimeout(Duration.ofMinutes(1))
        .build();
  }

  private RogueChannel member() throws Exception {
    return RogueChannel.member(ports.clusterName(), ports.first(), ports.range(), true);
  }

  @Test
  void aKilledProcessIsNoticedWithinFiveSeconds() throws IOException {
    UUID crashed = UUID.randomUUID();
    try (TestNode survivor = ports.node("survivor").start()) {
      Process process =
          CrashableNode.start(ports.clusterName(), crashed, ports.first(), ports.range());
      try {
        await().until(() -> survivor.otherIds().equals(List.of(crashed)));
      } finally {
        process.destroyForcibly();
      }

      await().atMost(Duration.ofSeconds(5)).until(() -> survivor.otherIds().isEmpty());
    }
  }
}
