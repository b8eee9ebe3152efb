package io.p2pmap.cluster;

import io.p2pmap.internal.transport.RecordingHandler;
import io.p2pmap.internal.transport.jgroups.JGroupsSettings;
import io.p2pmap.internal.transport.jgroups.JGroupsTransport;
import io.p2pmap.internal.wire.WireVersion;
import java.net.InetAddress;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Somebody with the product's own code but without what it takes to be let in. */
final class Rogue implements AutoCloseable {

  private final RecordingHandler handler = new RecordingHandler();
  private final JGroupsTransport transport;

  private Rogue(LocalNodes nodes, String clusterName, @Nullable Supplier<SSLContext> tls) {
    transport =
        new JGroupsTransport(
            new JGroupsSettings(
                clusterName,
                "rogue",
                UUID.randomUUID(),
                InetAddress.getLoopbackAddress(),
                nodes.firstPort(),
                LocalNodes.PORTS - 1,
                null,
                WireVersion.MIN,
                WireVersion.MAX),
            tls);
    transport.start(handler);
  }

  /** Tries to join {@code nodes}, and goes on trying. */
  static Rogue start(LocalNodes nodes, @Nullable Supplier<SSLContext> tls) {
    return new Rogue(nodes, nodes.clusterName(), tls);
  }

  static Rogue ofCluster(String clusterName, LocalNodes nodes, Supplier<SSLContext> tls) {
    return new Rogue(nodes, clusterName, tls);
  }

  /** How often it was sent away. */
  long refusals() {
    return transport.refusedConnections();
  }

  void say(byte[] frame) {
    transport.multicast(frame);
  }

  /** Whether it has seen a member or received a frame. */
  boolean hasSeenAnything() {
    return !handler.received().isEmpty()
        || handler.views().stream().anyMatch(view -> !view.others().isEmpty());
  }

  @Override
  public void close() {
    transport.close();
  }
}
