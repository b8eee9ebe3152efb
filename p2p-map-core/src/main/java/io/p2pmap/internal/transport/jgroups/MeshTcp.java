package io.p2pmap.internal.transport.jgroups;

import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * JGroups' TCP transport, which also tells when it is bound and whether somebody listens at an
 * address, looks after connections that stand still and members whose connections have closed, and
 * keeps quiet about connections that break while they are being closed.
 */
final class MeshTcp extends BoundedTcp {

  private static final int BIND_ATTEMPTS = 5;

  /** How long a connection may take for its closing mark. */
  private static final long GOODBYE_MILLIS = 500;

  private static final short VERIFICATION = ClassConfigurator.getProtocolId(VERIFY_SUSPECT2.class);

  private final Consumer<PhysicalAddress> onBound;
  private long stallMillis;
  private volatile @Nullable LostConnections lost;

  /**
   * Creates an unbound transport.
   *
   * @param drops counts what can't be read
   * @param onBound takes the address it is bound to, before anything is sent
   */
  MeshTcp(Drops drops, Consumer<PhysicalAddress> onBound) {
    super(drops);
    this.onBound = onBound;
  }

  /** Lets {@link StalledConnections} look at connections that are silent for so long. */
  void stallMillis(long millis) {
    stallMillis = millis;
  }

  @Override
  public void start() throws Exception {
    bind();
    srv.log(new ConnectionLog(MeshTcp.class));
    lost = new LostConnections(timer, srv::connectionEstablishedTo, this::endsAt, this::suspect);
    onBound.accept(getPhysicalAddress());
    StalledConnections.watch(srv, this::admitsAnew, timer, stallMillis);
  }

  /** Whether a new connection to {@code address} is admitted there; may block for seconds. */
  private boolean admitsAnew(Address address) {
    try (Socket socket = getSocketFactory().createSocket("p2pmap.stalled")) {
      Util.connect(socket, ((IpAddress) address).getSocketAddress(), getSockConnTimeout());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Starts, which binds to the first free port. If two processes take the same port in the same
   * instant, both bind to it and one of them fails to listen; that socket stays bound, so that
   * JGroups 5.5.7, which tries all ports with one socket, finds none free. A new socket does.
   */
  private void bind() throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        super.start();
        return;
      } catch (BindException e) {
        if (attempt == BIND_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * Whether a connection to {@code address} exists or can be made; may block for the connect
   * timeout.
   */
  boolean canReach(PhysicalAddress address) {
    TcpServer server = srv;
    if (server == null || !server.running()) {
      return false;
    }
    try {
      Connection connection = server.getConnection(address);
      if (!server.running()) { // stopped meanwhile: nobody else would close it
        server.closeConnection(connection, false);
        return false;
      }
      return true;
    } catch (Exception e) {
      return false; // refused or timed out: the usual case for a free port
    }
  }

  /**
   * Closes the connections to those who are neither members nor about to be. JGroups 5.5.7 also
   * drops the locks of their addresses, one of which may be held by a thread that is connecting: if
   * the other side rejects that connection at this moment, a dead one stays registered for good.
   *
   * <p>They get no closing mark: a view is being installed on this thread, and a mark would have to
   * wait behind what an unreachable peer does not take, for as long as TCP tries to send that.
   */
  @Override
  public void retainAll(Collection<Address> members) {
    TcpServer server = srv;
    if (server != null) {
      server.forAllConnections(
          (address, connection) -> {
            if (!members.contains(address) && !isMember(address)) {
              closeAbruptly(connection);
              server.closeConnection(connection, false);
            }
          });
    }
  }

  /**
   * A new connection is about to replace one to the same address, which gets its closing mark from
   * the one thread that accepts connections: limits how long that may take.
   */
  @Override
  public void connectionEstablished(Connection established) {
    super.connectionEstablished(established);
    srv.forAllConnections(
        (address, connection) -> {
          if (address.equals(established.peerAddress()) && connection != established) {
            limitGoodbye(() -> closeAbruptly(connection));
          }
        });
  }

  @Override
  public void connectionClosed(Connection closed) {
    super.connectionClosed(closed);
    LostConnections known = lost;
    if (known != null && closed.peerAddress() instanceof PhysicalAddress address) {
      known.add(address);
    }
  }

  @Override
  public Object down(Event event) {
    LostConnections known = lost;
    if (known != null && event.type() == Event.UNSUSPECT) {
      known.isThere(event.arg());
    }
    return super.down(event);
  }

  /**
   * Lets nothing hold up the question whether somebody is there, or its answer. JGroups 5.5.7 sends
   * both in order with its other messages, and the thread that delivers those may be installing a
   * view, for longer than a suspect has to answer.
   */
  @Override
  public Object down(Message message) {
    if (message.getHeader(VERIFICATION) != null) {
      message.setFlag(Message.Flag.OOB);
    }
    return super.down(message);
  }

  private List<Address> endsAt(PhysicalAddress address) {
    return logical_addr_cache.contents().entrySet().stream()
        .filter(entry -> entry.getValue().equals(address))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void suspect(Address member) {
    if (connected && members.contains(member)) {
      log.debug("%s: %s is a member, and its connection has closed", local_addr, member);
      up_prot.up(new Event(Event.SUSPECT, List.of(member)));
    }
  }

  /** Says goodbye to all connections, and waits only so long for those who do not take it. */
  @Override
  protected void handleDisconnect() {
    TcpServer server = srv;
    Future<?> limit =
        limitGoodbye(() -> server.forAllConnections((address, one) -> closeAbruptly(one)));
    super.handleDisconnect();
    limit.cancel(false);
  }

  private Future<?> limitGoodbye(Runnable abrupt) {
    return timer.schedule(abrupt, GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Closes the socket, which sets free whoever is stuck in writing to it. */
  private static void closeAbruptly(Connection connection) {
    try {
      connection.close(false);
    } catch (IOException e) {
      // It is closed for us all the same.
    }
  }

  private boolean isMember(Address address) {
    return address instanceof PhysicalAddress physical && is_member.test(physical);
  }
}
