package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.discovery.Discovery;
import io.p2pmap.internal.transport.jgroups.admission.Admission;
import io.p2pmap.internal.transport.jgroups.admission.MeshSockets;
import java.net.InetAddress;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.Protocol;
import org.jgroups.util.ExtendedUUID;

/** A channel with the product's protocols, driven by hand to send what no node would send. */
final class RogueChannel implements AutoCloseable {

  private final JChannel channel;
  private final MeshTcp tcp;

  private RogueChannel(JChannel channel, MeshTcp tcp) {
    this.channel = channel;
    this.tcp = tcp;
  }

  /** Joins the cluster like a node, and announces itself like one if told so. */
  static RogueChannel member(String clusterName, int port, int range, boolean isAnnounced)
      throws Exception {
    return connect(clusterName, port, range, null, isAnnounced, null);
  }

  /** Stays in a cluster of its own of the same name. */
  static RogueChannel outsider(String clusterName, int port) throws Exception {
    return outsider(clusterName, port, null);
  }

  /** The same in a secured cluster, with these keys. */
  static RogueChannel outsider(String clusterName, int port, Supplier<SSLContext> tls)
      throws Exception {
    return connect(clusterName, port, 0, Discovery.none(), true, tls);
  }

  UUID id() {
    return Announcement.idOf((ExtendedUUID) channel.getAddress());
  }

  int members() {
    return channel.getView().size();
  }

  /** Tells this channel where a node is, without discovery. */
  void learn(UUID node, int port) {
    tcp.addPhysicalAddressToCache(
        address(node), new IpAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** From now on {@code receiver} gets what arrives. */
  void deliverTo(Receiver receiver) {
    channel.setReceiver(receiver);
  }

  <T extends Protocol> T protocol(Class<T> type) {
    return channel.getProtocolStack().findProtocol(type);
  }

  Address address() {
    return channel.getAddress();
  }

  void send(Message message) throws Exception {
    channel.send(message);
  }

  static Address address(UUID node) {
    return new org.jgroups.util.UUID(node.getMostSignificantBits(), node.getLeastSignificantBits());
  }

  @Override
  public void close() {
    channel.close();
  }

  private static RogueChannel connect(
      String clusterName,
      int port,
      int range,
      Discovery discovery,
      boolean isAnnounced,
      Supplier<SSLContext> tls)
      throws Exception {
    JGroupsSettings settings =
        new JGroupsSettings(
            clusterName,
            "rogue",
            UUID.randomUUID(),
            InetAddress.getLoopbackAddress(),
            port,
            range,
            discovery,
            1,
            1);
    ExtendedUUID address = ExtendedUUID.randomUUID();
    MeshTcp tcp =
        new MeshTcp(
            new Drops(),
            bound -> {
              if (isAnnounced) {
                Announcement.of(settings, bound.toString()).writeTo(address);
              }
            });
    tcp.setSocketFactory(new MeshSockets(Admission.of(clusterName, "rogue", tls)));
    CandidateAddresses candidates = new CandidateAddresses(settings.candidates());
    JChannel channel = ChannelFactory.create(settings, address, tcp, candidates);
    channel.connect(clusterName);
    return new RogueChannel(channel, tcp);
  }
}
