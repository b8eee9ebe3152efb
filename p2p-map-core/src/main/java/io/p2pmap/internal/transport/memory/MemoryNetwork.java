package io.p2pmap.internal.transport.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One cluster inside one process. Nodes that reach each other in neither direction are not in each
 * other's views; a link that is cut or held in one direction loses or delays frames, and nobody is
 * told. Links are between node names, so they are as they are also for a node that starts later.
 *
 * <p>Threading: any. No handler runs under {@link #lock}: who sends or cuts only fills inboxes.
 */
public final class MemoryNetwork {

  private final ReentrantLock lock = new ReentrantLock();

  /** The started nodes, in the order of their start. */
  @GuardedBy("lock")
  private final Map<UUID, MemoryTransport> nodes = new LinkedHashMap<>();

  @GuardedBy("lock")
  private final Links links = new Links();

  /** A transport of this network, for one node, not started. */
  public Transport transport(
      UUID incarnation, String nodeName, int minWireVersion, int maxWireVersion) {
    return new MemoryTransport(
        this, new Peer(incarnation, nodeName, "memory", minWireVersion, maxWireVersion));
  }

  /** Separates two nodes in both directions: each disappears from the other's view. */
  public void cut(String one, String other) {
    lock.lock();
    try {
      links.cut(one, other);
      links.cut(other, one);
      tellNewViews();
    } finally {
      lock.unlock();
    }
  }

  /** Loses every frame between two nodes in one direction. */
  public void cutOneWay(String from, String to) {
    lock.lock();
    try {
      links.cut(from, to);
      tellNewViews();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps every frame between two nodes in one direction, in order, until the link is healed. */
  public void hold(String from, String to) {
    lock.lock();
    try {
      links.hold(from, to);
    } finally {
      lock.unlock();
    }
  }

  /** Makes the link between two nodes work again, in both directions. */
  public void heal(String one, String other) {
    lock.lock();
    try {
      deliver(links.heal(one, other));
      deliver(links.heal(other, one));
      tellNewViews();
    } finally {
      lock.unlock();
    }
  }

  /** Makes every link work again. */
  public void heal() {
    lock.lock();
    try {
      deliver(links.heal());
      tellNewViews();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a node without its doing: it hears nothing any more, and what it sends is lost. The others
   * see it gone; what it had sent before still arrives, unless it is held.
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
      links.forget(incarnation);
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
    MemoryTransport from = nodes.get(sender);
    MemoryTransport to = nodes.get(receiver);
    if (from == null || to == null || from == to || links.isCut(from.name(), to.name())) {
      return;
    }
    Links.Waiting own = new Links.Waiting(sender, receiver, frame.clone());
    if (!links.keep(from.name(), to.name(), own)) {
      deliver(List.of(own));
    }
  }

  @GuardedBy("lock")
  private void deliver(List<Links.Waiting> frames) {
    for (Links.Waiting frame : frames) {
      MemoryTransport node = nodes.get(frame.to());
      if (node != null) {
        node.enqueue(new Delivery.Frame(frame.from(), frame.frame()));
      }
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
    for (MemoryTransport other : nodes.values()) {
      boolean isCut =
          links.isCut(node.name(), other.name()) && links.isCut(other.name(), node.name());
      if (other != node && !isCut) {
        others.add(other.self());
      }
    }
    return new View(node.self(), others);
  }
}
