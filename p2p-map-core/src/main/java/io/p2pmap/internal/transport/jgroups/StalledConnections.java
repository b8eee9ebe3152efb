package io.p2pmap.internal.transport.jgroups;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jgroups.Address;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.util.TimeScheduler;

/**
 * Closes connections that stand still although their other ends can be reached, so that the next
 * message makes a new one.
 *
 * <p>While packets are lost, TCP doubles the time to its next try with each (RFC 6298, section
 * 5.5). After a cut of seven seconds a connection may be silent for six more, and within these a
 * member that can be reached is expelled for its silence. Nothing is done to a connection before
 * its other end has admitted this node over a new one: a stopped process does not, and nobody does
 * over a link that is down.
 *
 * <p>Threading: the timer's threads.
 */
final class StalledConnections {

  private static final long PERIOD_MILLIS = 1_000;

  /** After this time whoever was stopped itself has heard what came meanwhile. */
  private static final long SECOND_LOOK_MILLIS = 250;

  /** Each may hold a thread for some seconds. */
  private static final int MAX_AT_ONCE = 8;

  private final TcpServer server;
  private final Predicate<Address> isReachable;
  private final TimeScheduler timer;
  private final Set<Address> lookedAt = ConcurrentHashMap.newKeySet();

  private StalledConnections(
      TcpServer server, Predicate<Address> isReachable, TimeScheduler timer) {
    this.server = server;
    this.isReachable = isReachable;
    this.timer = timer;
  }

  /**
   * Watches the connections of {@code server} for as long as {@code timer} runs.
   *
   * @param isReachable whether a new connection to the other end is admitted there; may block
   * @param silenceMillis after which a connection is in question
   */
  static void watch(
      TcpServer server, Predicate<Address> isReachable, TimeScheduler timer, long silenceMillis) {
    server.connExpireTimeout(silenceMillis); // lets connections note when they hear something
    StalledConnections watched = new StalledConnections(server, isReachable, timer);
    timer.scheduleWithFixedDelay(
        watched::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS, false);
  }

  private void look() {
    List<Connection> silent = new ArrayList<>();
    server.forAllConnections(
        (address, connection) -> {
          if (isSilent(connection)) {
            silent.add(connection);
          }
        });
    Collections.shuffle(silent); // so that the unreachable do not keep back the others
    for (Connection connection : silent) {
      if (lookedAt.size() < MAX_AT_ONCE && lookedAt.add(connection.peerAddress())) {
        timer.schedule(() -> lookAgain(connection), SECOND_LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void lookAgain(Connection connection) {
    try {
      if (isSilent(connection)
          && isReachable.test(connection.peerAddress())
          && isSilent(connection)) {
        server.log().debug("%s: %s stands still", server.localAddress(), connection);
        connection.setClosedGracefully(true); // by us: suspect nobody at once
        connection.close(false); // a closing mark would stand still, too
        server.closeConnection(connection, false);
      }
    } catch (IOException e) {
      server.closeConnection(connection, false); // it is closed for us all the same
    } finally {
      lookedAt.remove(connection.peerAddress());
    }
  }

  private static boolean isSilent(Connection connection) {
    return connection.isConnected() && connection.isExpired(System.nanoTime());
  }
}
