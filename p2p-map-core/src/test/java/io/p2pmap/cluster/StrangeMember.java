package io.p2pmap.cluster;

import io.p2pmap.internal.transport.TransportHandler;
import io.p2pmap.internal.transport.View;
import io.p2pmap.internal.transport.jgroups.JGroupsSettings;
import io.p2pmap.internal.transport.jgroups.JGroupsTransport;
import io.p2pmap.internal.wire.WireVersion;
import java.net.InetAddress;
import java.util.UUID;

/** A member of the cluster that says what no node would, and never answers. */
final class StrangeMember implements TransportHandler, AutoCloseable {

  private final UUID id = UUID.randomUUID();
  private final JGroupsTransport transport;

  private StrangeMember(LocalNodes nodes) {
    transport =
        new JGroupsTransport(
            new JGroupsSettings(
                nodes.clusterName(),
                "strange",
                id,
                InetAddress.getLoopbackAddress(),
                nodes.firstPort(),
                LocalNodes.PORTS - 1,
                null,
                WireVersion.MIN,
                WireVersion.MAX));
  }

  static StrangeMember join(LocalNodes nodes) {
    StrangeMember member = new StrangeMember(nodes);
    member.transport.start(member);
    return member;
  }

  UUID id() {
    return id;
  }

  void say(byte[] frame) {
    transport.multicast(frame);
  }

  @Override
  public void onView(View view) {}

  @Override
  public void onFrame(UUID sender, byte[] frame) {}

  @Override
  public void close() {
    transport.close();
  }
}
