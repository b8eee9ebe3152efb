package io.p2pmap.internal.transport.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.transport.TestNode;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportContract;
import io.p2pmap.internal.transport.TransportHandler;
import io.p2pmap.internal.transport.View;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryTransportTest extends TransportContract {

  private final MemoryNetwork network = new MemoryNetwork();

  @Override
  protected Transport newTransport(
      UUID incarnation, String nodeName, int minWireVersion, int maxWireVersion) {
    return network.transport(incarnation, nodeName, minWireVersion, maxWireVersion);
  }

  @Test
  void aCutMakesTwoViewsAndHealingOne() {
    List<TestNode> cluster = startCluster("a", "b", "c");
    TestNode a = cluster.get(0);
    TestNode b = cluster.get(1);
    TestNode c = cluster.get(2);

    network.cut("a", "b");

    a.awaitOthers(c);
    b.awaitOthers(c);
    c.awaitOthers(a, b);
    a.transport().multicast("only for c".getBytes(UTF_8));
    awaitFrames(c, a, 1);
    network.heal("a", "b");
    a.awaitOthers(b, c);
    b.awaitOthers(a, c);
    assertThat(b.handler().received()).isEmpty();
  }

  @Test
  void aOneWayCutLosesFramesAndNothingElse() {
    List<TestNode> cluster = startCluster("a", "b");
    TestNode a = cluster.get(0);
    TestNode b = cluster.get(1);
    int viewsBefore = a.handler().views().size();

    network.cutOneWay("a", "b");
    a.transport().multicast("lost".getBytes(UTF_8));
    a.transport().unicast(b.id(), "lost".getBytes(UTF_8));
    b.transport().multicast("back".getBytes(UTF_8));
    awaitFrames(a, b, 1);
    network.heal();
    a.transport().multicast("found".getBytes(UTF_8));

    awaitFrames(b, a, 1);
    assertThat(b.handler().framesFrom(a.id())).containsExactly("found".getBytes(UTF_8));
    assertThat(a.handler().views()).hasSize(viewsBefore);
  }

  @Test
  void twoOneWayCutsAreACut() {
    List<TestNode> cluster = startCluster("a", "b");

    network.cutOneWay("a", "b");
    network.cutOneWay("b", "a");

    cluster.get(0).awaitOthers();
    cluster.get(1).awaitOthers();
  }

  @Test
  void aHeldLinkDeliversInOrderWhenItIsHealed() {
    List<TestNode> cluster = startCluster("a", "b", "c");
    TestNode a = cluster.get(0);
    TestNode b = cluster.get(1);
    network.hold("a", "b");
    a.transport().multicast("first".getBytes(UTF_8));
    a.transport().unicast(b.id(), "second".getBytes(UTF_8));
    awaitFrames(cluster.get(2), a, 1);
    b.transport().multicast("back".getBytes(UTF_8));
    awaitFrames(a, b, 1);
    assertThat(b.handler().framesFrom(a.id())).isEmpty();

    network.heal("a", "b");
    a.transport().multicast("third".getBytes(UTF_8));

    awaitFrames(b, a, 3);
    assertThat(b.handler().framesFrom(a.id()))
        .containsExactly(
            "first".getBytes(UTF_8), "second".getBytes(UTF_8), "third".getBytes(UTF_8));
  }

  @Test
  void whatIsHeldIsLostWithACut() {
    List<TestNode> cluster = startCluster("a", "b");
    TestNode a = cluster.get(0);
    TestNode b = cluster.get(1);
    network.hold("a", "b");
    a.transport().multicast("held".getBytes(UTF_8));

    network.cut("a", "b");
    b.awaitOthers();
    network.heal();
    b.awaitOthers(a);
    a.transport().multicast("found".getBytes(UTF_8));

    awaitFrames(b, a, 1);
    assertThat(b.handler().framesFrom(a.id())).containsExactly("found".getBytes(UTF_8));
  }

  @Test
  void oneClusterNameIsOneNetworkAsLongAsSomebodyHoldsIt() {
    assertThat(NamedNetworks.named("one")).isNotSameAs(NamedNetworks.named("other"));
    MemoryNetwork held = NamedNetworks.named("one");
    System.gc();
    assertThat(NamedNetworks.named("one")).isSameAs(held);
  }

  @Test
  void aCrashedNodeIsGoneForTheOthersAndHearsNothing() {
    List<TestNode> cluster = startCluster("a", "b", "c");
    TestNode crashed = cluster.get(1);
    int viewsBefore = crashed.handler().views().size();

    cluster.get(0).transport().multicast(new byte[1]);
    awaitFrames(crashed, cluster.get(0), 1);
    network.crash(crashed.id());
    crashed.transport().multicast(new byte[2]);
    cluster.get(0).transport().multicast(new byte[3]);

    cluster.get(0).awaitOthers(cluster.get(2));
    awaitFrames(cluster.get(2), cluster.get(0), 2);
    assertThat(cluster.get(2).handler().framesFrom(crashed.id())).isEmpty();
    assertThat(crashed.handler().received()).hasSize(1);
    assertThat(crashed.handler().views()).hasSize(viewsBefore);
  }

  @Test
  void aHandlerMaySendAndCloseFromItsOwnThread() throws InterruptedException {
    TestNode peer = newNode("peer").start();
    Transport transport = newTransport(UUID.randomUUID(), "reentrant", 1, 1);
    CountDownLatch isClosed = new CountDownLatch(1);
    transport.start(
        new TransportHandler() {
          @Override
          public void onView(View view) {
            transport.multicast("hello".getBytes(UTF_8));
          }

          @Override
          public void onFrame(UUID sender, byte[] frame) {
            transport.close();
            isClosed.countDown();
          }
        });

    peer.transport().multicast(new byte[1]);

    assertThat(isClosed.await(5, TimeUnit.SECONDS)).isTrue();
    peer.awaitOthers();
    assertThat(peer.handler().received()).hasSize(1);
  }
}
