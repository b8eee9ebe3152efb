package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportException;
import io.p2pmap.internal.transport.TransportFigures;
import io.p2pmap.internal.transport.TransportHandler;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.PhysicalAddress;
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

  private final JGroupsSettings settings;
  private final Drops drops = new Drops();
  private final AtomicBoolean isStarted = new AtomicBoolean();
  private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
  private volatile boolean isClosed;

  /** Creates a transport that is not started. */
  public JGroupsTransport(JGroupsSettings settings) {
    this.settings = settings;
  }

  @Override
  public void start(TransportHandler handler) {
    if (isClosed || !isStarted.compareAndSet(false, true)) {
      throw alreadyUsed();
    }
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
    LOG.info(
        "Node {} of cluster {} is bound to {}, looked for peers at {}, found {}",
        settings.nodeName(),
        settings.clusterName(),
        opened.receiver.membership().view().self().address(),
        opened.candidates,
        opened.receiver.membership().view().others().size());
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
      open.channel.close();
      open.receiver.membership().forgetNames();
    }
  }

  @Override
  public TransportFigures figures() {
    Session open = session.get();
    return open == null ? TransportFigures.NONE : ChannelFigures.of(open.channel, drops);
  }

  /** How many received messages were no frames of a member, and so were not handed over. */
  public long droppedMessages() {
    return drops.total();
  }

  Drops drops() {
    return drops;
  }

  private Session open(TransportHandler handler) {
    ExtendedUUID address =
        new ExtendedUUID(
            settings.incarnation().getMostSignificantBits(),
            settings.incarnation().getLeastSignificantBits());
    MeshTcp tcp = new MeshTcp(bound -> announce(bound, address));
    CandidateAddresses candidates = new CandidateAddresses(settings.candidates());
    FrameReceiver receiver = new FrameReceiver(handler, unboundSelf(), drops);
    try {
      JChannel channel = ChannelFactory.create(settings, address, tcp, candidates);
      channel.setReceiver(receiver);
      return new Session(channel, receiver, candidates);
    } catch (Exception e) {
      throw cannotStart(e);
    }
  }

  private void announce(PhysicalAddress bound, ExtendedUUID address) {
    Announcement.of(settings, bound.toString()).writeTo(address);
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

  private TransportException cannotStart(Exception cause) {
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
  private record Session(JChannel channel, FrameReceiver receiver, CandidateAddresses candidates) {}
}
