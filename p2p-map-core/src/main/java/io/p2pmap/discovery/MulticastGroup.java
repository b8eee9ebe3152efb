package io.p2pmap.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;

/**
 * A membership in a multicast group on the network interface of one address. Packets leave from
 * that address and are not routed any further.
 *
 * <p>Threading: any; {@link #close} ends a {@link #receive} with an IOException.
 */
final class MulticastGroup implements AutoCloseable {

  private static final int LINK_ONLY = 1;

  private final InetSocketAddress group;
  private final DatagramChannel receiver;
  private final DatagramChannel sender;

  private MulticastGroup(
      InetSocketAddress group, DatagramChannel receiver, DatagramChannel sender) {
    this.group = group;
    this.receiver = receiver;
    this.sender = sender;
  }

  static MulticastGroup join(InetSocketAddress group, InetAddress self) throws IOException {
    NetworkInterface network = interfaceOf(self);
    ProtocolFamily family =
        group.getAddress().getAddress().length == 4
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    DatagramChannel receiver = DatagramChannel.open(family);
    DatagramChannel sender = null;
    try {
      sender = DatagramChannel.open(family);
      listen(receiver, group, network);
      sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
      sender.setOption(StandardSocketOptions.IP_MULTICAST_TTL, LINK_ONLY);
      sender.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true); // nodes of this machine
      sender.bind(new InetSocketAddress(self, 0));
      return new MulticastGroup(group, receiver, sender);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      receiver.close();
      if (sender != null) {
        sender.close();
      }
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Several processes of one machine may listen. */
  private static void listen(
      DatagramChannel receiver, InetSocketAddress group, NetworkInterface network)
      throws IOException {
    receiver.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    if (receiver.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
      receiver.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
    try {
      receiver.bind(group); // and so hears nothing else that is sent to this port
    } catch (SocketException e) {
      receiver.bind(new InetSocketAddress(group.getPort())); // all that Windows can
    }
    receiver.join(group.getAddress(), network);
  }

  /** 127.0.0.2 and its like belong to the loopback interface, without being listed there. */
  private static NetworkInterface interfaceOf(InetAddress self) throws IOException {
    NetworkInterface own = NetworkInterface.getByInetAddress(self);
    if (own == null && self.isLoopbackAddress()) {
      own = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
    }
    return Optional.ofNullable(own)
        .orElseThrow(() -> new IOException("No network interface has address " + self));
  }

  void send(ByteBuffer packet) throws IOException {
    sender.send(packet, group);
  }

  /** Waits for a packet; what does not fit into {@code packet} is cut off. Returns its sender. */
  InetAddress receive(ByteBuffer packet) throws IOException {
    return ((InetSocketAddress) receiver.receive(packet)).getAddress();
  }

  @Override
  public void close() {
    closeQuietly(receiver);
    closeQuietly(sender);
  }

  private static void closeQuietly(DatagramChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing that could be done about it
    }
  }
}
