package io.p2pmap.internal.transport.jgroups.admission;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * How two nodes admit each other. Client and server, in this order:
 *
 * <ol>
 *   <li>the client greets, the server answers with its own greeting, and each compares: no byte
 *       more is read of a peer of another cluster, version or security;
 *   <li>in a secured cluster, a TLS handshake in which both show certificates;
 *   <li>the server says "welcome", which tells the client that its certificate was accepted too.
 * </ol>
 *
 * <p>The server then reads what a JGroups client says first, so that JGroups' only accepting thread
 * never waits for anybody.
 *
 * <p>Threading: any; each call blocks its caller, no longer than {@link #LIMIT} for reading.
 */
public final class Admission {

  /** A handshake takes milliseconds; on machines that are starting up, up to a second. */
  static final Duration LIMIT = Duration.ofSeconds(3);

  private static final int WELCOME = 0x57;

  private final Greeting own;
  private final @Nullable TlsHandshake handshake;
  private final RefusalLog log;
  private final SilentPeers silentPeers = new SilentPeers(System::nanoTime);
  private final Set<MeshSocket> asking = ConcurrentHashMap.newKeySet();
  private volatile boolean isOver;

  private Admission(Greeting own, @Nullable TlsHandshake handshake, RefusalLog log) {
    this.own = own;
    this.handshake = handshake;
    this.log = log;
  }

  /**
   * Creates the admission of one node.
   *
   * @param tls asked for each connection, so that certificates can change; null: plaintext
   */
  public static Admission of(
      String clusterName, String nodeName, @Nullable Supplier<SSLContext> tls) {
    return new Admission(
        Greeting.of(clusterName, tls != null),
        tls == null ? null : new TlsHandshake(tls),
        new RefusalLog(nodeName, clusterName, System::nanoTime));
  }

  /** How many connections were refused, by this node or by its peers. */
  public long refusedConnections() {
    return log.total();
  }

  /** Fails at once for a peer that has just been silent: it may be hung, and would hold us up. */
  void requireMayTry(SocketAddress peer) throws IOException {
    requireOpen();
    silentPeers.requireMayTry(peer);
  }

  private void requireOpen() throws SocketException {
    if (isOver) {
      throw new SocketException("This node is closed");
    }
  }

  /** Asks the server at {@code peer}, to which {@code socket} is connected. */
  void request(MeshSocket socket, InetSocketAddress peer) throws IOException {
    asking.add(socket);
    try {
      requireOpen(); // again: it may have been closed before the socket was in the list
      socket.limitReading(LIMIT);
      send(socket, own.toBytes());
      Greeting theirs = Greeting.read(socket.getInputStream());
      requireNoObjection(theirs);
      if (handshake != null) {
        handshake.asClient(socket, peer, own.applicationProtocol(theirs));
      }
      awaitWelcome(socket);
      socket.unlimitReading();
    } catch (SocketTimeoutException e) {
      silentPeers.add(peer);
      throw given(peer, new RefusedException(Refusal.SILENT));
    } catch (RefusedException e) {
      throw given(peer, e);
    } finally {
      asking.remove(socket);
    }
  }

  /** Ends every {@link #request}, also those to come, so that a closing node need not wait. */
  void abandonRequests() {
    isOver = true;
    for (MeshSocket socket : asking) {
      Util.close(socket);
    }
  }

  private RefusedException given(InetSocketAddress peer, RefusedException refusal) {
    log.gaveUp(peer.getAddress().getHostAddress() + ":" + peer.getPort(), refusal);
    return refusal;
  }

  /**
   * Answers the client at the other end of {@code socket}.
   *
   * @param onGreeting told when the client has shown that it is of this cluster
   * @throws IOException if it is not admitted
   */
  void grant(MeshSocket socket, Runnable onGreeting) throws IOException {
    try {
      socket.limitReading(LIMIT);
      Greeting theirs = Greeting.read(socket.getInputStream());
      send(socket, own.toBytes());
      requireNoObjection(theirs);
      onGreeting.run();
      if (handshake != null) {
        handshake.asServer(socket, own.applicationProtocol(theirs));
      }
      send(socket, new byte[] {WELCOME});
      socket.unread(JGroupsHello.read(socket.getInputStream()));
      socket.unlimitReading();
    } catch (SocketTimeoutException e) {
      throw refused(socket, new RefusedException(Refusal.SILENT));
    } catch (RefusedException e) {
      throw refused(socket, e);
    }
  }

  private RefusedException refused(MeshSocket socket, RefusedException refusal) {
    log.refused(socket.getInetAddress(), refusal);
    return refusal;
  }

  private void requireNoObjection(Greeting theirs) throws RefusedException {
    Optional<Refusal> objection = own.objectionTo(theirs);
    if (objection.isPresent()) {
      throw new RefusedException(objection.get());
    }
  }

  private static void awaitWelcome(MeshSocket socket) throws IOException {
    int answer = TlsHandshake.translating(() -> socket.getInputStream().read());
    if (answer < 0) {
      throw new EOFException("Closed before it said welcome");
    }
    if (answer != WELCOME) {
      throw new RefusedException(Refusal.NOT_OURS);
    }
  }

  private static void send(MeshSocket socket, byte[] bytes) throws IOException {
    OutputStream output = socket.getOutputStream();
    output.write(bytes);
    output.flush();
  }
}
