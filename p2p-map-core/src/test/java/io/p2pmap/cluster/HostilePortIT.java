package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.internal.wire.Mutation;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody who is no member sends anything to the port of a node. */
@Tag("faults")
class HostilePortIT {

  private static final int CONNECTIONS = Integer.getInteger("fuzz.connections", 300);
  private static final int PACKETS = 20;
  private static final int IDLE = 50;
  private static final int RECORDED_PACKETS = 3;

  @Test
  void anythingThatIsSentToThePortChangesNothing() throws Exception {
    try (LocalNodes nodes = LocalNodes.start(2)) {
      nodes.map(0).put("key", "value");
      nodes.map(1).awaitInSync(Duration.ofSeconds(20));
      int port = portOf(nodes, 0);
      Recorded recorded = record(nodes);
      Random random = new Random(Long.getLong("seed", 1));
      for (int i = 0; i < CONNECTIONS; i++) {
        attack(port, recorded, random);
      }
      assertIsUnmoved(nodes);
    }
  }

  @Test
  void connectionsThatStaySilentHoldNobodyUp() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try (LocalNodes nodes = LocalNodes.start(2)) {
      nodes.map(0).put("key", "value");
      Recorded recorded = record(nodes);
      for (int i = 0; i < IDLE; i++) {
        Socket socket = connect(portOf(nodes, 0));
        silent.add(socket);
        if (i % 2 == 0) { // half of them get so far that they are taken for a peer
          socket.getOutputStream().write(recorded.hello);
        }
      }
      assertIsUnmoved(nodes);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  /** A greeting and the packets after it, as a node sends them to whoever listens. */
  private record Recorded(byte[] hello, List<byte[]> packets) {}

  /** Listens at a port of the range, where the nodes look for others. */
  private static Recorded record(LocalNodes nodes) throws IOException {
    try (ServerSocket listener = new ServerSocket()) {
      listener.bind(
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), nodes.firstPort() + LocalNodes.PORTS - 1));
      listener.setSoTimeout(20_000);
      List<byte[]> packets = new ArrayList<>();
      while (true) {
        try (Socket node = listener.accept()) {
          node.setSoTimeout(20_000);
          DataInputStream in = new DataInputStream(node.getInputStream());
          byte[] hello = readHello(in);
          for (int length = in.readInt(); length >= 0; length = in.readInt()) {
            packets.add(in.readNBytes(length));
            if (packets.size() == RECORDED_PACKETS) {
              return new Recorded(hello, packets);
            }
          }
        } catch (EOFException e) {
          // It asked who is here and has closed; it will ask again.
        }
      }
    }
  }

  /** Cookie and version, the length of an address, and the address. */
  private static byte[] readHello(DataInputStream in) throws IOException {
    byte[] start = in.readNBytes(6);
    short addressBytes = in.readShort();
    ByteArrayOutputStream hello = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(hello);
    out.write(start);
    out.writeShort(addressBytes);
    out.write(in.readNBytes(addressBytes));
    return hello.toByteArray();
  }

  private static void attack(int port, Recorded recorded, Random random) {
    try (Socket socket = connect(port)) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      boolean isGreeting = random.nextInt(10) > 0;
      out.write(isGreeting ? recorded.hello : Mutation.mutate(recorded.hello, random));
      for (int i = 0; i < PACKETS; i++) {
        byte[] packet =
            Mutation.mutate(recorded.packets.get(random.nextInt(recorded.packets.size())), random);
        out.writeInt(random.nextInt(20) == 0 ? random.nextInt() : packet.length);
        out.write(packet);
      }
    } catch (IOException e) {
      // The node has closed the connection, as it may.
    }
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static int portOf(LocalNodes nodes, int index) {
    String address = nodes.node(index).members().get(0).address();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** The nodes keep together, hold what they held, replicate, and let another one in. */
  private static void assertIsUnmoved(LocalNodes nodes) throws Exception {
    assertThat(nodes.map(1).get("key")).isEqualTo("value");
    nodes.map(1).put("after", "it");
    await().until(() -> "it".equals(nodes.map(0).get("after")));
    try (var joiner = nodes.create("joiner")) {
      joiner.open(LocalNodes.MAP);
      joiner.start();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(joiner.members()).hasSize(3));
      assertThat(joiner.open(LocalNodes.MAP).awaitInSync(Duration.ofSeconds(20))).isTrue();
      assertThat(joiner.open(LocalNodes.MAP).size()).isEqualTo(2);
    }
    assertThat(nodes.map(0).size()).isEqualTo(2);
    await().untilAsserted(() -> assertThat(nodes.node(0).members()).hasSize(2));
  }
}
