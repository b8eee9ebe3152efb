package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.transport.TransportFigures;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MsgStats;
import org.jgroups.protocols.NAKACK4;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.UNICAST4;
import org.jgroups.util.ThreadPool;

/**
 * Reads what the protocols of a channel count. Which of these JGroups calls what: {@code
 * docs/metrics.md}.
 *
 * <p>Threading: any thread; reads fields and short tables of JGroups, and waits for nothing.
 */
final class ChannelFigures {

  private ChannelFigures() {}

  static TransportFigures of(JChannel channel, Drops drops) {
    Map<String, Long> counters = new LinkedHashMap<>();
    Map<String, Long> levels = new LinkedHashMap<>();
    for (Drops.Reason reason : Drops.Reason.values()) {
      counters.put("transport-dropped-" + reason.label(), drops.of(reason));
    }
    TCP tcp = channel.getProtocolStack().findProtocol(TCP.class);
    connections(tcp, counters, levels);
    membership(channel, tcp, counters);
    retransmission(channel, counters, levels);
    return new TransportFigures(counters, levels);
  }

  private static void connections(TCP tcp, Map<String, Long> counters, Map<String, Long> levels) {
    MsgStats messages = tcp.getMessageStats();
    counters.put("transport-messages-sent", messages.getNumMsgsSent());
    counters.put("transport-messages-received", messages.getNumMsgsReceived());
    counters.put("transport-bytes-sent", messages.getNumBytesSent());
    counters.put("transport-bytes-received", messages.getNumBytesReceived());
    ThreadPool pool = tcp.getThreadPool();
    counters.put("transport-pool-rejections", pool.numberOfRejectedMessages());
    levels.put("transport-pool-threads", (long) pool.getThreadPoolSize());
    levels.put("transport-connections", (long) tcp.getOpenConnections());
    levels.put("transport-send-queue", (long) tcp.getBundler().getQueueSize());
  }

  private static void membership(JChannel channel, TCP tcp, Map<String, Long> counters) {
    MERGE3 merge = channel.getProtocolStack().findProtocol(MERGE3.class);
    FD_ALL3 silence = channel.getProtocolStack().findProtocol(FD_ALL3.class);
    counters.put("transport-merges", (long) merge.getNumMergeEvents());
    counters.put("transport-suspects", silence.getSuspectEventsSent() + tcp.numSuspectEvents());
  }

  private static void retransmission(
      JChannel channel, Map<String, Long> counters, Map<String, Long> levels) {
    NAKACK4 multicasts = channel.getProtocolStack().findProtocol(NAKACK4.class);
    UNICAST4 unicasts = channel.getProtocolStack().findProtocol(UNICAST4.class);
    counters.put("transport-retransmissions-asked", multicasts.getXmitRequestsSent());
    counters.put(
        "transport-retransmissions-sent",
        multicasts.getXmitResponsesSent() + unicasts.getNumXmits());
    counters.put("transport-blockings", multicasts.getNumBlockings() + unicasts.getNumBlockings());
    levels.put(
        "transport-unacknowledged",
        multicasts.getNumUnackedMessages() + unicasts.getNumUnackedMessages());
    levels.put(
        "transport-missing",
        (long) multicasts.getXmitTableMissingMessages() + unicasts.getXmitTableMissingMessages());
  }
}
