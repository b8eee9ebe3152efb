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
import org.jgroups.protocols.TP;
import org.jgroups.protocols.UNICAST4;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.ThreadPool;

/**
 * Reads what the protocols of a channel count; what a stack has not, is not counted. Which of these
 * JGroups calls what: {@code docs/metrics.md}.
 *
 * <p>Threading: one thread; reads fields and short tables of JGroups, and waits for nothing.
 */
final class ChannelFigures {

  private final ProtocolStack stack;
  private final Map<String, Long> counters = new LinkedHashMap<>();
  private final Map<String, Long> levels = new LinkedHashMap<>();

  private ChannelFigures(ProtocolStack stack) {
    this.stack = stack;
  }

  static TransportFigures of(JChannel channel, Drops drops) {
    ChannelFigures figures = new ChannelFigures(channel.getProtocolStack());
    for (Drops.Reason reason : Drops.Reason.values()) {
      figures.counters.put("transport-dropped-" + reason.label(), drops.of(reason));
    }
    figures.readTransport();
    figures.readMembership();
    figures.readMulticasts();
    figures.readUnicasts();
    return new TransportFigures(figures.counters, figures.levels);
  }

  private void readTransport() {
    TP transport = stack.getTransport();
    MsgStats messages = transport.getMessageStats();
    count("transport-messages-sent", messages.getNumMsgsSent());
    count("transport-messages-received", messages.getNumMsgsReceived());
    count("transport-bytes-sent", messages.getNumBytesSent());
    count("transport-bytes-received", messages.getNumBytesReceived());
    ThreadPool pool = transport.getThreadPool();
    count("transport-pool-rejections", pool.numberOfRejectedMessages());
    level("transport-pool-threads", pool.getThreadPoolSize());
    level("transport-send-queue", transport.getBundler().getQueueSize());
    if (transport instanceof TCP tcp) {
      level("transport-connections", tcp.getOpenConnections());
      count("transport-suspects", tcp.numSuspectEvents());
    }
  }

  private void readMembership() {
    MERGE3 merge = stack.findProtocol(MERGE3.class);
    if (merge != null) {
      count("transport-merges", merge.getNumMergeEvents());
    }
    FD_ALL3 silence = stack.findProtocol(FD_ALL3.class);
    if (silence != null) {
      count("transport-suspects", silence.getSuspectEventsSent());
    }
  }

  private void readMulticasts() {
    NAKACK4 multicasts = stack.findProtocol(NAKACK4.class);
    if (multicasts != null) {
      count("transport-retransmissions-asked", multicasts.getXmitRequestsSent());
      count("transport-retransmissions-sent", multicasts.getXmitResponsesSent());
      count("transport-blockings", multicasts.getNumBlockings());
      level("transport-unacknowledged", multicasts.getNumUnackedMessages());
      level("transport-missing", multicasts.getXmitTableMissingMessages());
    }
  }

  private void readUnicasts() {
    UNICAST4 unicasts = stack.findProtocol(UNICAST4.class);
    if (unicasts != null) {
      count("transport-retransmissions-sent", unicasts.getNumXmits());
      count("transport-blockings", unicasts.getNumBlockings());
      level("transport-unacknowledged", unicasts.getNumUnackedMessages());
      level("transport-missing", unicasts.getXmitTableMissingMessages());
    }
  }

  /** Adds to what other protocols have counted under that name. */
  private void count(String name, long count) {
    counters.merge(name, count, Long::sum);
  }

  private void level(String name, long level) {
    levels.merge(name, level, Long::sum);
  }
}
