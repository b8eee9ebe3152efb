package io.p2pmap.internal.transport.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One cluster inside one process. Nodes that reach each other in neither direction are not in each
 * other's views; a link that is cut in one direction loses frames, and nobody is told.
 *
 * <p>Threading: any. No handler runs under {@link #lock}: who sends or cuts only fills inboxes.
 */
public final class MemoryNetwork {

  private final ReentrantLock lock = new ReentrantLock();

  /** The started nodes, in the order of their start. */
  @GuardedBy("lock")
  private final Map<UUID, MemoryTransport> nodes = new LinkedHashMap<>();

  @GuardedBy("lock")
  private final Set<Link> cuts = new HashSet<>();

  /** A transport of this network, for one node, not started. */
  public Transport transport(
      UUID incarnation, String nodeName, int minWireVersion, int maxWireVersion) {
    return new MemoryTransport(
        this, new Peer(incarnation, nodeName, "memory", minWireVersion, maxWireVersion));
  }

  /** Separates two nodes in both directions: each disappears from the other's view. */
  public void cut(UUID one, UUID other) {
    set(true, new Link(one, other), new Link(other, one));
  }

  /** Loses every frame between two nodes in one direction. */
  public void cutOneWay(UUID from, UUID to) {
    set(true, new Link(from, to));
  }

  /** Undoes every cut between two nodes. */
  public void heal(UUID one, UUID other) {
    set(false, new Link(one, other), new Link(other, one));
  }

  /** Undoes every cut. */
  public void heal() {
    lock.lock();
    try {
      cuts.clear();
      tellNewViews();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a node without its doing: it hears nothing any more, and what it sends is lost. The others
   * see it gone; what it had sent before still arrives.
   */
  public void crash(UUID incarnation) {
    MemoryTransport node = remove(incarnation);
    if (node != null) {
      node.stop();
    }
  }

  /** Adds a node and returns its first view. */
  View add(MemoryTransport node) {
    lock.lock();
    try {
      nodes.put(node.self().id(), node);
      tellNewViews();
      return viewOf(node);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a node out; null if it is not in. */
  @Nullable MemoryTransport remove(UUID incarnation) {
    lock.lock();
    try {
      MemoryTransport node = nodes.remove(incarnation);
      tellNewViews();
      return node;
    } finally {
      lock.unlock();
    }
  }

  void multicast(UUID sender, byte[] frame) {
    lock.lock();
    try {
      for (UUID receiver : nodes.keySet()) {
        send(sender, receiver, frame);
      }
    } finally {
      lock.unlock();
    }
  }

  void unicast(UUID sender, UUID receiver, byte[] frame) {
    lock.lock();
    try {
      send(sender, receiver, frame);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void send(UUID sender, UUID receiver, byte[] frame) {
    MemoryTransport node = sender.equals(receiver) ? null : nodes.get(receiver);
    if (node != null && nodes.containsKey(sender) && !cuts.contains(new Link(sender, receiver))) {
      node.enqueue(new Delivery.Frame(sender, frame.clone()));
    }
  }

  private void set(boolean isCut, Link... links) {
    lock.lock();
    try {
      for (Link link : links) {
        if (isCut) {
          cuts.add(link);
        } else {
          cuts.remove(link);
        }
      }
      tellNewViews();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void tellNewViews() {
    for (MemoryTransport node : nodes.values()) {
      node.enqueue(new Delivery.NewView(viewOf(node)));
    }
  }

  @GuardedBy("lock")
  private View viewOf(MemoryTransport node) {
    List<Peer> others = new ArrayList<>();
    UUID self = node.self().id();
    for (MemoryTransport other : nodes.values()) {
      UUID id = other.self().id();
      boolean isCut = cuts.contains(new Link(self, id)) && cuts.contains(new Link(id, self));
      if (other != node && !isCut) {
        others.add(other.self());
      }
    }
    return new View(node.self(), others);
  }

  private record Link(UUID from, UUID to) {}
}
