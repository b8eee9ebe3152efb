package io.p2pmap.internal.transport.jgroups;

import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.NAKACK4;
import org.jgroups.protocols.UNICAST4;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.util.ExtendedUUID;

/** Builds the channel of one node: which protocols, with which limits and times, and why. */
final class ChannelFactory {

  /** A peer whose host vanished may hold a sender only this long. */
  private static final int CONNECT_TIMEOUT_MILLIS = 300;

  /** For what a client says first, which has been read before JGroups sees the connection. */
  private static final int HANDSHAKE_TIMEOUT_MILLIS = 300;

  /** One packet; whatever is longer is sent in fragments. Longer ones end the connection. */
  private static final int MAX_PACKET_BYTES = 1024 * 1024;

  private static final int FRAGMENT_BYTES = 60_000;

  /** Unacknowledged fragments a sender may have: at most 60 MB, kept for retransmission. */
  private static final int SEND_WINDOW = 1024;

  /** Packets that wait for one slow connection; further ones are dropped and sent again later. */
  private static final int SEND_QUEUE = 2048;

  /**
   * A message that is missing holds up all later ones of its sender, views among them. It is asked
   * for when it was missing at two looks in a row.
   */
  private static final long LOOK_FOR_MISSING_MILLIS = 200;

  /** Messages, the newest, that wait for this node's first view. */
  private static final int EARLY_MESSAGES = 512;

  private static final int MAX_THREADS = 64;

  /**
   * Nodes look out for separated clusters every 0.5 to 1.5 s (JGroups takes max/2 plus a random
   * part of max) and compare every 1.6 s (1.6 times max), so a merge starts within that time. A
   * round is one small message a member and one refused connection a free port.
   */
  private static final long MERGE_MIN_MILLIS = 500;

  private static final long MERGE_MAX_MILLIS = 1_000;

  /** For hung processes and pulled cables; a killed process is noticed by its connections. */
  private static final long SILENCE_MILLIS = 10_000;

  private static final long HEARTBEAT_MILLIS = 2_000;

  /** A connection over which two heartbeats did not come stands still, or its peer does. */
  private static final long STALL_MILLIS = HEARTBEAT_MILLIS * 5 / 2;

  /** A suspect has this long to answer before it is expelled. */
  private static final long LAST_CHANCE_MILLIS = 1_000;

  /** How long a coordinator, known to be there, may take to let this node in. */
  private static final long JOIN_MILLIS = 2_000;

  /** After this many tries a node starts alone and leaves the rest to the merge. */
  private static final int MAX_JOIN_ATTEMPTS = 3;

  private static final long LEAVE_MILLIS = 500;

  /**
   * How long whoever installs a view waits for the others to have it. JGroups' two seconds are as
   * long as a joiner waits for the one who waits.
   */
  private static final long VIEW_MILLIS = 500;

  /**
   * How long a merge waits for somebody who has gone again. It takes some milliseconds; JGroups'
   * five seconds, and ten on the other side, would be spent again and again while links come and
   * go.
   */
  private static final long MERGE_TIMEOUT_MILLIS = 2_000;

  private ChannelFactory() {}

  /** An unconnected channel that will be known by {@code address}. */
  static JChannel create(
      JGroupsSettings settings, ExtendedUUID address, MeshTcp tcp, CandidateAddresses candidates)
      throws Exception {
    JChannel channel =
        new JChannel(
            limited(tcp, settings),
            new CandidateDiscovery(candidates, tcp),
            new MeshMerge(tcp.drops())
                .setMinInterval(MERGE_MIN_MILLIS)
                .setMaxInterval(MERGE_MAX_MILLIS),
            new FD_ALL3().setTimeout(SILENCE_MILLIS).setInterval(HEARTBEAT_MILLIS),
            new VERIFY_SUSPECT2().setTimeout(LAST_CHANCE_MILLIS),
            multicasts(),
            new UNICAST4().capacity(SEND_WINDOW),
            membership(),
            new FRAG4().setFragSize(FRAGMENT_BYTES));
    tcp.getDiagnosticsHandler().setEnabled(false);
    channel.addAddressGenerator(() -> address);
    return channel.name(settings.nodeName()).setDiscardOwnMessages(true);
  }

  private static MeshTcp limited(MeshTcp tcp, JGroupsSettings settings) {
    tcp.setBindAddress(settings.bindAddress());
    tcp.setBindPort(settings.bindPort());
    tcp.setPortRange(settings.portRange());
    tcp.setThreadFactory(new DaemonThreads(settings.nodeName()));
    tcp.useVirtualThreads(false); // deadlocks were reported with few processors and JDK 21
    tcp.getThreadPool().setMinThreads(0).setMaxThreads(MAX_THREADS);
    tcp.setSockConnTimeout(CONNECT_TIMEOUT_MILLIS);
    tcp.setPeerAddrReadTimeout(HANDSHAKE_TIMEOUT_MILLIS);
    tcp.setMaxLength(MAX_PACKET_BYTES);
    tcp.stallMillis(STALL_MILLIS);
    tcp.tcpNodelay(true);
    tcp.enableSuspectEvents(true); // a closed connection makes its peer a suspect at once
    tcp.nonBlockingSends(true); // or one stuck peer would hold up the heartbeats to all others
    tcp.maxSendQueue(SEND_QUEUE);
    tcp.getMessageStats().enable(true);
    tcp.logAcceptError(false); // or each port scan would leave a stack trace
    tcp.logDetails(false);
    tcp.logDiscardMsgs(false); // other clusters on the same machine are nothing to warn of
    return tcp;
  }

  private static NAKACK4 multicasts() {
    NAKACK4 protocol = new MeshMulticast();
    protocol.capacity(SEND_WINDOW);
    protocol.setXmitInterval(LOOK_FOR_MISSING_MILLIS);
    protocol.setBecomeServerQueueSize(EARLY_MESSAGES);
    protocol.useMcastXmit(false);
    protocol.logDiscardMessages(false); // usual while views are being merged, and repaired
    return protocol;
  }

  private static GMS membership() {
    return new GMS()
        .setJoinTimeout(JOIN_MILLIS)
        .setMaxJoinAttempts(MAX_JOIN_ATTEMPTS)
        .setLeaveTimeout(LEAVE_MILLIS)
        .setMergeTimeout(MERGE_TIMEOUT_MILLIS)
        .setViewAckCollectionTimeout(VIEW_MILLIS)
        .printLocalAddress(false);
  }
}
