package io.p2pmap.internal.transport.jgroups.admission;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts refused connections and tells of them: once in ten minutes for a peer and a reason, and no
 * more than 20 lines a minute in all. A peer is an address with a port if this node connects to it,
 * and a host if it is the one that connects, since then its port means nothing.
 *
 * <p>Threading: any.
 */
final class RefusalLog {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

  private static final long REPEAT_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int LINES_A_WINDOW = 20;
  private static final int MAX_PEERS = 256;

  private final String nodeName;
  private final String clusterName;
  private final LongSupplier nanoTime;
  private final LongAdder total = new LongAdder();
  private final Map<Subject, Long> toldAtNanos = new LinkedHashMap<>();
  private long windowStartNanos;
  private int linesInWindow;

  private record Subject(String peer, Refusal reason) {}

  RefusalLog(String nodeName, String clusterName, LongSupplier nanoTime) {
    this.nodeName = nodeName;
    this.clusterName = clusterName;
    this.nanoTime = nanoTime;
    this.windowStartNanos = nanoTime.getAsLong();
  }

  /** Somebody at {@code host} connected and was sent away. */
  void refused(InetAddress host, RefusedException refusal) {
    tell("refused a connection from", host.getHostAddress(), refusal);
  }

  /** This node connected to {@code peer}, and one of the two did not want the other. */
  void gaveUp(String peer, RefusedException refusal) {
    tell("does not connect to", peer, refusal);
  }

  /** How many connections were not made. */
  long total() {
    return total.sum();
  }

  private void tell(String what, String peer, RefusedException refusal) {
    total.increment();
    Refusal reason = refusal.reason();
    Throwable cause = refusal.getCause();
    String detail = cause == null ? "" : "; TLS says %s".formatted(cause.getMessage());
    if (tryTakeLine(new Subject(peer, reason))) {
      LOG.atLevel(reason.level())
          .log(
              "Node '{}' of cluster '{}' {} {}: {}{}. Told once in ten minutes",
              nodeName,
              clusterName,
              what,
              peer,
              reason.explanation(),
              detail);
    } else {
      LOG.debug("Node '{}' {} {}: {}{}", nodeName, what, peer, reason, detail);
    }
  }

  private synchronized boolean tryTakeLine(Subject subject) {
    long now = nanoTime.getAsLong();
    Long toldAt = toldAtNanos.get(subject);
    if (toldAt != null && now - toldAt < REPEAT_NANOS) {
      return false;
    }
    if (now - windowStartNanos >= WINDOW_NANOS) {
      windowStartNanos = now;
      linesInWindow = 0;
    }
    if (linesInWindow == LINES_A_WINDOW) {
      return false;
    }
    linesInWindow++;
    toldAtNanos.remove(subject); // to be the newest of the map
    toldAtNanos.put(subject, now);
    if (toldAtNanos.size() > MAX_PEERS) {
      toldAtNanos.remove(toldAtNanos.keySet().iterator().next());
    }
    return true;
  }
}
