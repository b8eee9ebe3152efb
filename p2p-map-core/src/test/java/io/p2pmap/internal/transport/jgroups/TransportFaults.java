package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.internal.transport.Peer;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.DUPL;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.SHUFFLE;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;

/**
 * JGroups' own fault protocols, put into the stack of a running node, and what counts its
 * transfers: for machines on which the network itself can't be made to fail. JGroups' DELAY is left
 * out, since its thread spins; what {@link SHUFFLE} holds back is late, too.
 *
 * <p>Threading: any thread.
 */
public final class TransportFaults {

  private static final int SHUFFLED_MESSAGES = 8;
  private static final int SHUFFLED_MILLIS = 10;

  private final JChannel channel;
  private final DeafProtocol deaf = new DeafProtocol();
  private final SentTransfers transfers;

  private TransportFaults(JChannel channel, String countedMap) throws Exception {
    this.channel = channel;
    this.transfers = new SentTransfers(countedMap);
    insert(deaf, TP.class);
    insert(transfers, FRAG4.class);
  }

  /**
   * Prepares a node that is started.
   *
   * @param countedMap whose transfers are counted from now on
   */
  public static TransportFaults of(ReplicatedMaps node, String countedMap) {
    try {
      Object transport = field(field(node, "node"), "transport");
      Object session = ((AtomicReference<?>) field(transport, "session")).get();
      Method accessor = session.getClass().getDeclaredMethod("channel");
      accessor.setAccessible(true);
      return new TransportFaults((JChannel) accessor.invoke(session), countedMap);
    } catch (Exception e) {
      throw new AssertionError("The node's channel is elsewhere now", e);
    }
  }

  private static Object field(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return Objects.requireNonNull(field.get(owner));
  }

  /** From now on nothing that the nodes of these names send is heard; in place of those before. */
  public void ignore(List<String> nodeNames) {
    deaf.unheard = Set.copyOf(nodeNames);
  }

  /** Drops this share of what arrives, from 0 to 1. */
  public void lose(double share) {
    deaf.setUpDiscardRate(share);
  }

  /** From now on what arrives is out of order, late, and comes twice. */
  public void shuffleAndDuplicate() throws Exception {
    DUPL twice = new DUPL();
    twice.setIncomingCopies(1).setOutgoingCopies(0);
    insert(twice, TP.class);
    SHUFFLE order = new SHUFFLE();
    order.setUp(true).setMaxSize(SHUFFLED_MESSAGES).setMaxTime(SHUFFLED_MILLIS);
    insert(order, TP.class);
  }

  /** How many transfers of the map this node has sent to the node of each name. */
  public Map<String, Long> transfers() {
    return transfers.counts();
  }

  /** Makes this node believe that only it and the members of these names are there. */
  public void forceView(List<String> nodeNames) {
    View view = channel.getView();
    List<Address> members =
        view.getMembers().stream()
            .filter(member -> member.equals(channel.getAddress()) || isNamed(member, nodeNames))
            .toList();
    GMS membership = channel.getProtocolStack().findProtocol(GMS.class);
    membership.installView(View.create(members.get(0), view.getViewId().getId() + 1, members));
  }

  private static boolean isNamed(Address member, List<String> nodeNames) {
    return Announcement.peerAt(member).map(Peer::nodeName).filter(nodeNames::contains).isPresent();
  }

  private void insert(Protocol protocol, Class<? extends Protocol> below) throws Exception {
    protocol.init();
    ProtocolStack stack = channel.getProtocolStack();
    protocol.setProtocolStack(stack);
    stack.insertProtocol(protocol, ProtocolStack.Position.ABOVE, below);
    protocol.start();
  }

  /** Hears nothing of nodes with some names, whatever their addresses. */
  private static final class DeafProtocol extends DISCARD {

    private volatile Set<String> unheard = Set.of();
    private final ConcurrentHashMap<Address, String> names = new ConcurrentHashMap<>();

    @Override
    protected boolean shouldDropUpMessage(Message message, Address sender) {
      return sender != null && unheard.contains(names.computeIfAbsent(sender, this::nameOf))
          || super.shouldDropUpMessage(message, sender);
    }

    private String nameOf(Address sender) {
      return Announcement.peerAt(sender).map(Peer::nodeName).orElse("");
    }
  }
}
