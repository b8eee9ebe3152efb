package io.p2pmap.internal.transport.jgroups;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.util.ByteArray;
import org.jgroups.util.NameCache;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;

/**
 * Asks a list of addresses who is there. The list is made anew for each attempt to join and for
 * each look-out for separated clusters, so it may change.
 *
 * <p>Only addresses where somebody listens are asked. While joining, that tells two cases apart
 * which look the same to JGroups: if nobody listens anywhere, this node is the first and need not
 * wait; if somebody does, it asks again until one of them is a coordinator. The second matters when
 * nodes start together: the first answer of each is then that it is no member of anything yet.
 *
 * <p>Threading: JGroups' threads; each address is asked on its own one, since connecting can block.
 */
final class CandidateDiscovery extends Discovery {

  /** How long a joining node listens for answers. */
  static final long MAX_WAIT_MILLIS = 500;

  /** The same if a connection is not ready: a first TLS handshake can take up to a second. */
  private static final long MAX_CONNECT_MILLIS = 1_500;

  private static final long REPEAT_MILLIS = 100;

  /** Part of the wire format; JGroups leaves the numbers from 512 on to others. */
  private static final short PROTOCOL_ID = 0x5032;

  static {
    ClassConfigurator.addProtocol(PROTOCOL_ID, CandidateDiscovery.class);
  }

  private final CandidateAddresses candidates;
  private final MeshTcp tcp;
  private volatile boolean hasMetOthers;

  CandidateDiscovery(CandidateAddresses candidates, MeshTcp tcp) {
    this.candidates = candidates;
    this.tcp = tcp;
    async_discovery = true; // the supplier and connecting may block
  }

  /** Whether others of this cluster have answered so far. */
  boolean hasMetOthers() {
    return hasMetOthers;
  }

  @Override
  protected void handleDiscoveryResponse(@Nullable PingData answer, Address sender) {
    hasMetOthers = true;
    super.handleDiscoveryResponse(answer, sender);
  }

  /** False makes the coordinator tell joiners all addresses: our list need not hold every node. */
  @Override
  public boolean isDynamic() {
    return false;
  }

  @Override
  protected void findMembers(
      @Nullable List<Address> members, boolean isJoining, Responses responses) {
    Map<PhysicalAddress, Address> known = knownMembers();
    Set<PhysicalAddress> targets = targets(known.keySet());
    Message request = request(members, isJoining);
    if (!isJoining) {
      boolean isLookOut = members == null;
      for (PhysicalAddress target : targets) {
        Address member = isLookOut ? known.get(target) : null;
        timer.execute(member == null ? () -> ask(target, request) : () -> greet(member, target));
      }
      return;
    }
    AtomicInteger unasked = askFirst(targets, request, responses);
    for (long delay = REPEAT_MILLIS; delay < MAX_CONNECT_MILLIS; delay += REPEAT_MILLIS) {
      boolean isLate = delay >= MAX_WAIT_MILLIS;
      schedule(
          delay,
          () -> {
            if (isLate && unasked.get() == 0) {
              responses.done();
            }
            askAgain(targets, request, responses);
          });
    }
    schedule(MAX_CONNECT_MILLIS, responses::done);
  }

  /** Ends the wait as soon as it is clear that nobody listens. How many are still to be asked. */
  private AtomicInteger askFirst(
      Set<PhysicalAddress> targets, Message request, Responses responses) {
    AtomicInteger unasked = new AtomicInteger(targets.size());
    AtomicBoolean isAnybodyThere = new AtomicBoolean();
    if (targets.isEmpty()) {
      responses.done();
    }
    for (PhysicalAddress target : targets) {
      timer.execute(
          () -> {
            if (ask(target, request)) {
              isAnybodyThere.set(true);
            }
            if (unasked.decrementAndGet() == 0 && !isAnybodyThere.get()) {
              responses.done();
            }
          });
    }
    return unasked;
  }

  private void askAgain(Set<PhysicalAddress> targets, Message request, Responses responses) {
    if (!responses.isDone()) {
      targets.forEach(target -> timer.execute(() -> ask(target, request)));
    }
  }

  /**
   * Lets the look-out for separated clusters tell a member of this node's view, as if the member
   * had answered. It need not be asked who it is, and if somebody else is there by now, that one
   * asks this node.
   */
  private void greet(Address member, PhysicalAddress target) {
    if (tcp.canReach(target)) {
      addResponse(new PingData(member, true, NameCache.get(member), target), false);
    }
  }

  private boolean ask(PhysicalAddress target, Message request) {
    if (!tcp.canReach(target)) {
      return false;
    }
    down_prot.down(request.copy(true, true).setDest(target));
    return true;
  }

  private Message request(@Nullable List<Address> members, boolean isJoining) {
    PingData self =
        new PingData(local_addr, false, NameCache.get(local_addr), physicalAddressOf(local_addr));
    if (members != null && members.size() <= max_members_in_discovery_request) {
      self.mbrs(members);
    }
    ByteArray payload = marshal(self);
    return new BytesMessage(null, payload)
        .putHeader(
            id,
            new PingHeader(PingHeader.GET_MBRS_REQ)
                .clusterName(cluster_name)
                .initialDiscovery(isJoining))
        .setFlag(Message.Flag.DONT_BUNDLE, Message.Flag.OOB)
        .setFlag(Message.TransientFlag.DONT_LOOPBACK);
  }

  /** The candidates and where the members are, without this node. */
  private Set<PhysicalAddress> targets(Set<PhysicalAddress> known) {
    Set<PhysicalAddress> targets = candidates.ask();
    targets.addAll(known);
    targets.remove(physicalAddressOf(local_addr));
    return targets;
  }

  private Map<PhysicalAddress, Address> knownMembers() {
    Map<PhysicalAddress, Address> known = new HashMap<>();
    View current = view;
    if (current != null) {
      for (Address member : current) {
        PhysicalAddress address = physicalAddressOf(member);
        if (address != null) {
          known.put(address, member);
        }
      }
    }
    return known;
  }

  private @Nullable PhysicalAddress physicalAddressOf(Address member) {
    return (PhysicalAddress) down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESS, member));
  }

  private void schedule(long delayMillis, Runnable task) {
    timer.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
  }

  /**
   * What an answer says of members; null if it can't be read. JGroups 5.5.7 makes room for as many
   * as the answer announces, and logs an error for each that can't be read.
   */
  @Override
  protected @Nullable List<PingData> readPingData(
      byte @Nullable [] buffer, int offset, int lengthBytes) {
    if (buffer == null) {
      return null;
    }
    try {
      PacketInput input = new PacketInput(Arrays.copyOfRange(buffer, offset, offset + lengthBytes));
      int count = input.readInt();
      if (count < 0 || count > lengthBytes) {
        throw new IOException("%d members in %d bytes".formatted(count, lengthBytes));
      }
      List<PingData> members = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        PingData member = new PingData();
        member.readFrom(input);
        members.add(member);
      }
      return members;
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      log.debug("%s: unreadable answer to discovery", local_addr, e);
      return null;
    }
  }
}
