package io.p2pmap.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.p2pmap.discovery.Beacon.Cluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(
    value = {OS.MAC, OS.WINDOWS},
    disabledReason = "They have one loopback address, and may have no multicast there")
class MulticastTest {

  private static final InetSocketAddress A = new InetSocketAddress("127.0.0.2", 7800);
  private static final InetSocketAddress B = new InetSocketAddress("127.0.0.3", 7801);

  private final InetSocketAddress group =
      new InetSocketAddress("239.255.80.50", 20_000 + new Random().nextInt(10_000));
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  @Test
  void theLaterNodeFindsTheEarlierAndIsFoundByIt() {
    Discovery a = announced("shop", A);
    assertThat(a.candidates()).isEmpty();
    Discovery b = announced("shop", B);

    await().untilAsserted(() -> assertThat(b.candidates()).containsExactly(A));
    assertThat(a.candidates()).containsExactly(B);
  }

  @Test
  void nodesThatAskTogetherFindEachOther() {
    Discovery a = announced("shop", A);
    Discovery b = announced("shop", B);
    CompletableFuture<?> asking = CompletableFuture.runAsync(a::candidates);
    await().untilAsserted(() -> assertThat(b.candidates()).containsExactly(A));
    await().untilAsserted(() -> assertThat(a.candidates()).containsExactly(B));
    asking.join();
  }

  @Test
  void clustersDoNotSeeEachOther() {
    Discovery shop = announced("shop", A);
    Discovery other = announced("other", B);
    Discovery third = announced("shop", new InetSocketAddress("127.0.0.4", 7802));
    await().untilAsserted(() -> assertThat(third.candidates()).containsExactly(A));

    assertThat(other.candidates()).isEmpty();
    assertThat(shop.candidates()).doesNotContain(B);
  }

  @Test
  void packetsOfAnythingElseChangeNothing() throws Exception {
    Discovery a = announced("shop", A);
    MulticastGroup rogue = MulticastGroup.join(group, InetAddress.getByName("127.0.0.9"));
    opened.add(rogue);
    Random random = new Random(1);
    byte[] good = new Beacon(Cluster.named("shop"), 7800, true).encode().array();
    for (int i = 0; i < 2_000; i++) {
      byte[] packet = random.nextBoolean() ? good.clone() : new byte[random.nextInt(1_400)];
      if (packet.length != good.length) {
        random.nextBytes(packet);
      } else {
        packet[random.nextInt(22)] ^= 0x41; // all but the port
      }
      rogue.send(ByteBuffer.wrap(packet));
    }

    Discovery b = announced("shop", B);
    await().untilAsserted(() -> assertThat(b.candidates()).containsExactly(A));
    assertThat(a.candidates()).containsExactly(B);
  }

  @Test
  void aFloodOfPretendedNodesIsBounded() throws Exception {
    Discovery a = announced("shop", A);
    MulticastGroup rogue = MulticastGroup.join(group, InetAddress.getByName("127.0.0.9"));
    opened.add(rogue);
    for (int port = 1; port < 3_000; port++) {
      rogue.send(new Beacon(Cluster.named("shop"), port, false).encode());
    }

    await().untilAsserted(() -> assertThat(a.candidates()).hasSizeGreaterThan(100));
    assertThat(a.candidates())
        .hasSizeLessThanOrEqualTo(300)
        .allMatch(node -> node.getAddress().getHostAddress().equals("127.0.0.9"));
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    Discovery discovery = Discovery.multicast(group);

    assertThatIllegalStateException()
        .isThrownBy(() -> discovery.announce("shop", new InetSocketAddress("192.0.2.1", 7800)))
        .withMessageContainingAll("239.255.80.50", "192.0.2.1");
  }

  @Test
  void whatIsNoMulticastAddressIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Discovery.multicast(new InetSocketAddress("10.0.0.1", 7800)))
        .withMessageContaining("10.0.0.1");
  }

  @Test
  void itsThreadEndsWithIt() {
    Discovery a = announced("shop", new InetSocketAddress("127.0.0.2", 7999));
    assertThat(threads()).isEqualTo(1);

    a.close();

    await().untilAsserted(() -> assertThat(threads()).isZero());
    assertThat(a.candidates()).isEmpty();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("p2pmap-discovery-7999"))
        .count();
  }

  private Discovery announced(String cluster, InetSocketAddress self) {
    Discovery discovery = Discovery.multicast(group);
    opened.add(discovery);
    discovery.announce(cluster, self);
    return discovery;
  }
}
