package io.p2pmap.benchmarks.systems;

import java.util.ArrayList;
import java.util.List;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.NAKACK4;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UNICAST4;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.Protocol;

/** JGroups channels with the protocols, windows, and failure detection that this library uses. */
final class Channels {

  private static final int SEND_WINDOW = 1024;

  private Channels() {}

  /** An unconnected channel; {@code extra} are protocols below the fragmentation. */
  static JChannel create(Place place, Protocol... extra) throws Exception {
    TCP tcp = new TCP();
    tcp.setBindAddress(Place.address());
    tcp.setBindPort(place.port());
    tcp.setPortRange(0);
    tcp.setSockConnTimeout(300);
    tcp.useVirtualThreads(false);
    tcp.getThreadPool().setMinThreads(0).setMaxThreads(64);
    tcp.tcpNodelay(true);
    tcp.enableSuspectEvents(true);
    tcp.nonBlockingSends(true);
    tcp.maxSendQueue(2048);
    List<Protocol> stack = new ArrayList<>();
    stack.add(tcp);
    stack.add(new TCPPING().initialHosts(place.all()).portRange(0));
    stack.add(new MERGE3().setMinInterval(500).setMaxInterval(1_000));
    stack.add(new FD_ALL3().setTimeout(10_000).setInterval(2_000));
    stack.add(new VERIFY_SUSPECT2().setTimeout(1_000));
    NAKACK4 multicasts = new NAKACK4();
    multicasts.capacity(SEND_WINDOW);
    multicasts.useMcastXmit(false);
    stack.add(multicasts);
    stack.add(new UNICAST4().capacity(SEND_WINDOW));
    stack.add(new GMS().setJoinTimeout(500).printLocalAddress(false));
    stack.addAll(List.of(extra));
    stack.add(new FRAG4().setFragSize(60_000));
    JChannel channel = new JChannel(stack);
    tcp.getDiagnosticsHandler().setEnabled(false);
    return channel.name("member-" + place.index());
  }
}
