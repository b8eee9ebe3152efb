package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.discovery.Discovery;
import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportException;
import io.p2pmap.internal.transport.TransportFigures;
import io.p2pmap.internal.transport.TransportHandler;
import io.p2pmap.internal.transport.View;
import io.p2pmap.internal.transport.jgroups.admission.Admission;
import io.p2pmap.internal.transport.jgroups.admission.MeshSockets;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.PhysicalAddress;
import org.jgroups.protocols.TCP;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ExtendedUUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Transport} over one JGroups channel. The node's incarnation is its JGroups address.
 *
 * <p>{@link #start} connects on the caller's thread and returns as soon as it is known who is
 * there: at once if nobody listens at any candidate address, after joining if a coordinator
 * answers, after half a second if somebody listens but does not answer. Clusters that are separate,
 * because of a partition or because their nodes started at the same moment, are merged in the
 * background.
 *
 * <p>Threading: {@link #start} and {@link #close} from any thread but the handler's; {@link
 * #multicast} and {@link #unicast} from one sender thread, which {@link #close} sets free if it is
 * blocked.
 */
public final class JGroupsTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(JGroupsTransport.class);

  static {
    SerializationLock.close(); // before any class of JGroups is loaded
  }

  /**
   * Held while a channel is made: classes that initialize each other, on two threads at once, could
   * wait for each other for good.
   */
  private static final Object CHANNEL_LOCK = new Object();

  private final JGroupsSettings settings;
  private final Discovery discovery;
  private final @Nullable StackFile stack;
  private final @Nullable Supplier<SSLContext> tls;
  private final Consumer<? super TCP> adjustment;
  private final Admission admission;
  private final Drops drops = new Drops();
  private final AtomicBoolean isStarted = new AtomicBoolean();
  private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
  private volatile boolean isClosed;

  /** Creates a transport that is not started, and that talks plaintext. */
  public JGroupsTransport(JGroupsSettings settings) {
    this(settings, null);
  }

  /**
   * Creates a transport that is not started.
   *
   * @param tls asked for each connection, so that certificates can change; null: plaintext
   */
  public JGroupsTransport(JGroupsSettings settings, @Nullable Supplier<SSLContext> tls) {
    this(settings, null, tls, tcp -> {});
  }

  /**
   * Creates a transport that is not started, on a stack that replaces what the settings say of
   * addresses, ports, and discovery, and that secures itself.
   */
  public static JGroupsTransport onStack(StackFile stack, JGroupsSettings settings) {
    return new JGroupsTransport(settings, stack, null, tcp -> {});
  }

  /** For tests: {@code adjustment} is applied to the TCP protocol before it starts. */
  static JGroupsTransport adjusted(
      JGroupsSettings settings,
      @Nullable Supplier<SSLContext> tls,
      Consumer<? super TCP> adjustment) {
    return new JGroupsTransport(settings, null, tls, adjustment);
  }

  /**
   * Makes a channel that is never connected, and so loads what JGroups needs for the first one. Has
   * no socket and no thread.
   */
  public static void preload(JGroupsSettings settings) {
    JGroupsTransport transport = new JGroupsTransport(settings);
    try {
      synchronized (CHANNEL_LOCK) {
        transport.ownChannel(transport.address()).close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("JGroups can't make a channel", e);
    }
  }

  private JGroupsTransport(
      JGroupsSettings settings,
      @Nullable StackFile stack,
      @Nullable Supplier<SSLContext> tls,
      Consumer<? super TCP> adjustment) {
    this.settings = settings;
    this.discovery = settings.candidates();
    this.stack = stack;
    this.tls = tls;
    this.adjustment = adjustment;
    this.admission = Admission.of(settings.clusterName(), settings.nodeName(), tls);
  }

  @Override
  public void start(TransportHandler handler) {
    if (isClosed || !isStarted.compareAndSet(false, true)) {
      throw alreadyUsed();
    }
    prepareTls();
    Session opened = open(handler);
    session.set(opened); // now, since the handler may send as soon as it gets a view
    if (isClosed) { // while it was opened
      close();
      throw alreadyUsed();
    }
    try {
      opened.channel.connect(settings.clusterName());
    } catch (Exception e) {
      close();
      throw cannotStart(e);
    }
    View view = opened.receiver.membership().view();
    LOG.info(
        "Node {} of cluster {} is bound to {}, looks for others by {}, found {}",
        settings.nodeName(),
        settings.clusterName(),
        boundTo(view.self()),
        stack == null ? discovery.description() : stack.location(),
        view.others().isEmpty() ? "nobody" : names(view.others()));
  }

  @Override
  public boolean hasMetOthers() {
    Session open = session.get();
    CandidateDiscovery own =
        open == null
            ? null
            : open.channel.getProtocolStack().findProtocol(CandidateDiscovery.class);
    return own != null && own.hasMetOthers();
  }

  @Override
  public void multicast(byte[] frame) {
    Transport.requireAllowedLength(frame);
    Session open = session.get();
    if (open != null && !open.receiver.membership().isAlone()) {
      send(open, null, frame);
    }
  }

  @Override
  public void unicast(UUID member, byte[] frame) {
    Transport.requireAllowedLength(frame);
    Session open = session.get();
    Address address = open == null ? null : open.receiver.membership().addressOf(member);
    if (open != null && address != null) {
      send(open, address, frame);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    Session open = session.getAndSet(null);
    if (open != null) {
      leaveDiscovery();
      open.channel.close();
      open.receiver.membership().forgetNames();
    }
  }

  @Override
  public TransportFigures figures() {
    Session open = session.get();
    return open == null || !open.channel.isConnected()
        ? TransportFigures.NONE
        : ChannelFigures.of(open.channel, drops);
  }

  /** How many received messages were no frames of a member, and so were not handed over. */
  public long droppedMessages() {
    return drops.total();
  }

  /** How many connections were not made, since one of the two ends refused the other. */
  public long refusedConnections() {
    return admission.refusedConnections();
  }

  Drops drops() {
    return drops;
  }

  /** Makes what the first connection needs, now, when failing can still be told. */
  private void prepareTls() {
    if (tls == null) {
      return;
    }
    try {
      tls.get();
    } catch (RuntimeException e) {
      throw new TransportException(
          "Node %s has no keys or certificates to show: %s"
              .formatted(settings.nodeName(), e.getMessage()),
          "Correct the certificates of this node",
          e);
    }
  }

  private Session open(TransportHandler handler) {
    FrameReceiver receiver = new FrameReceiver(handler, unboundSelf(), drops);
    try {
      JChannel channel = channel();
      channel.setReceiver(receiver);
      return new Session(channel, receiver);
    } catch (Exception e) {
      throw cannotStart(e);
    }
  }

  private JChannel channel() throws Exception {
    synchronized (CHANNEL_LOCK) {
      return CalmLog.during(
          () -> stack == null ? ownChannel(address()) : customChannel(stack, address()));
    }
  }

  private ExtendedUUID address() {
    return new ExtendedUUID(
        settings.incarnation().getMostSignificantBits(),
        settings.incarnation().getLeastSignificantBits());
  }

  private JChannel ownChannel(ExtendedUUID address) throws Exception {
    MeshTcp tcp =
        new MeshTcp(
            drops,
            bound -> {
              announce(bound, address);
              joinDiscovery((IpAddress) bound);
            });
    tcp.setSocketFactory(new MeshSockets(admission));
    adjustment.accept(tcp);
    return ChannelFactory.create(settings, address, tcp, new CandidateAddresses(discovery));
  }

  private JChannel customChannel(StackFile file, ExtendedUUID address) {
    return new CustomStack(file).create(settings, address, bound -> announce(bound, address));
  }

  private void announce(PhysicalAddress bound, ExtendedUUID address) {
    Announcement.of(settings, bound.toString()).writeTo(address);
  }

  private void joinDiscovery(IpAddress bound) {
    try {
      discovery.announce(
          settings.clusterName(), new InetSocketAddress(bound.getIpAddress(), bound.getPort()));
    } catch (RuntimeException e) {
      throw new TransportException(
          "Node %s can't make itself known: %s".formatted(settings.nodeName(), e.getMessage()),
          "Correct what discovery was told, or choose another kind of discovery",
          e);
    }
  }

  private void leaveDiscovery() {
    try {
      discovery.close();
    } catch (RuntimeException e) {
      LOG.warn("Node {} can't end its discovery by {}", settings.nodeName(), discovery, e);
    }
  }

  /** To what, and why there. */
  private String boundTo(Peer self) {
    if (stack != null) {
      return self.address();
    }
    int port = settings.bindPort();
    return "%s (%s, %s)"
        .formatted(
            self.address(),
            settings.bindAddress().isLoopbackAddress()
                ? "loopback: only this machine can reach it"
                : "the bind address that was set",
            self.address().endsWith(":" + port)
                ? "the first port that was to be tried"
                : "the first free port from %d on".formatted(port));
  }

  private static List<String> names(List<Peer> peers) {
    return peers.stream().map(peer -> peer.nodeName() + " at " + peer.address()).toList();
  }

  private Peer unboundSelf() {
    return new Peer(
        settings.incarnation(),
        settings.nodeName(),
        "unbound",
        settings.minWireVersion(),
        settings.maxWireVersion());
  }

  private void send(Session open, @Nullable Address destination, byte[] frame) {
    try {
      open.channel.send(Frames.wrap(destination, frame));
    } catch (Exception e) {
      if (session.get() == open) {
        LOG.warn("Node {} can't send {} bytes", settings.nodeName(), frame.length, e);
      } else {
        LOG.debug("Node {} was closed while it sent", settings.nodeName(), e);
      }
    }
  }

  private IllegalStateException alreadyUsed() {
    return new IllegalStateException(
        "Transport of node %s was started or closed before".formatted(settings.nodeName()));
  }

  private TransportException cannotStart(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TransportException said) {
        return said;
      }
    }
    return stack == null ? cannotListen(failure) : cannotUse(stack, failure);
  }

  private TransportException cannotUse(StackFile file, Exception cause) {
    return new TransportException(
        "Node %s can't start with JGroups configuration %s: %s"
            .formatted(settings.nodeName(), file.location(), cause.getMessage()),
        "Correct the configuration",
        cause);
  }

  private TransportException cannotListen(Exception cause) {
    return new TransportException(
        "Node %s can't listen on %s, ports %d to %d: %s"
            .formatted(
                settings.nodeName(),
                settings.bindAddress().getHostAddress(),
                settings.bindPort(),
                settings.bindPort() + settings.portRange(),
                cause.getMessage()),
        "Set a bind address of this machine, and a bind port and port range with a free port",
        cause);
  }

  /** What exists between start and close. */
  private record Session(JChannel channel, FrameReceiver receiver) {}
}
