package io.p2pmap.internal.engine;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.replication.ConvergentReplica;
import io.p2pmap.internal.replication.Draft;
import io.p2pmap.internal.replication.Identity;
import io.p2pmap.internal.replication.ReplicaSettings;
import io.p2pmap.internal.wire.FrameHeader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Nodes with one map each, in virtual time and on one thread: what is sent, how much of it, and
 * when is exact and the same on every machine. Frames arrive at once and in order.
 *
 * <p>Threading: one thread.
 */
public final class VirtualCluster {

  private static final long START_MILLIS = 1_767_225_600_000L;

  private final List<Node> nodes = new ArrayList<>();
  private final Map<UUID, Node> byId = new HashMap<>();
  private final Deque<Delivery> deliveries = new ArrayDeque<>();
  private final Duration syncInterval;
  private long nowNanos;
  private long messages;
  private long bytes;

  private record Delivery(Node receiver, UUID sender, byte[] frame) {}

  /** Creates an empty cluster. */
  public VirtualCluster(Duration syncInterval) {
    this.syncInterval = syncInterval;
  }

  /** One node. */
  public final class Node implements Wakeups {
    private final UUID id = new UUID(1, nodes.size() + 1L);
    private final Map<String, Entry<String>> live = new HashMap<>();
    private final ReplicaDriver<String> driver;
    private boolean isCut;

    private Node() {
      ReplicaSettings settings =
          ReplicaSettings.of(
              syncInterval,
              Duration.ofSeconds(1),
              Duration.ofHours(1),
              Duration.ofMinutes(1),
              Duration.ZERO);
      Identity identity = new Identity(id, id, "node-" + nodes.size());
      UUID origin = new UUID(2, nodes.size() + 1L);
      ConvergentReplica<String> replica =
          new ConvergentReplica<>(identity, settings, live, () -> origin, now());
      MapFrames<String> frames =
          new MapFrames<>("m", key -> new String(key, StandardCharsets.US_ASCII));
      driver = new ReplicaDriver<>(replica, live, frames, VirtualCluster.this::now, this);
    }

    /** Writes; nothing is sent before {@link #send} or the cluster runs. */
    public void put(String key, byte[] value) {
      byte[] keyBytes = key.getBytes(StandardCharsets.US_ASCII);
      driver.write(List.of(new Draft<>(key, keyBytes, value, Entry.NEVER)));
    }

    /** Drives the node's replica. */
    public ReplicaDriver<String> driver() {
      return driver;
    }

    /** Number of entries. */
    public int size() {
      return live.size();
    }

    /** From now on nothing arrives from this node nor at it, and nobody is told. */
    public void cut() {
      isCut = true;
    }

    /** Ends {@link #cut}. */
    public void heal() {
      isCut = false;
    }

    @Override
    public void send() {} // the cluster asks for it

    @Override
    public void tick() {}

    @Override
    public void failed(Error error) {} // the driver throws it, too

    /** Sends what is queued; it arrives when the cluster runs. */
    public void sendAll() {
      while (driver.drain(this::send)) {}
    }

    private void send(UUID receiver, byte[] frame) {
      if (receiver == null) {
        nodes.forEach(node -> deliver(this, node, frame));
      } else {
        deliver(this, byId.get(receiver), frame);
      }
    }
  }

  private void deliver(Node from, Node to, byte[] frame) {
    if (from != to && to != null) {
      messages++;
      bytes += frame.length;
      if (!from.isCut && !to.isCut) {
        deliveries.add(new Delivery(to, from.id, frame));
      }
    }
  }

  private Now now() {
    return new Now(START_MILLIS + nowNanos / 1_000_000, nowNanos);
  }

  /** Adds a node, which everybody is told of. */
  public Node add() {
    return add(1).get(0);
  }

  /** Adds nodes, which everybody is told of at the same time. */
  public List<Node> add(int count) {
    List<Node> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Node node = new Node();
      nodes.add(node);
      byId.put(node.id, node);
      added.add(node);
    }
    for (Node each : nodes) {
      List<UUID> others = new ArrayList<>(byId.keySet());
      others.remove(each.id);
      each.driver.membersChanged(others);
    }
    return added;
  }

  /** Lets everything be sent and arrive that is due now. */
  public void settle() {
    do {
      nodes.forEach(Node::sendAll);
      for (Delivery next = deliveries.poll(); next != null; next = deliveries.poll()) {
        FrameHeader header = FrameHeader.read(next.frame());
        next.receiver().driver.receive(next.sender(), (FrameHeader.Known) header);
        next.receiver().sendAll();
      }
    } while (!deliveries.isEmpty());
  }

  /** Lets time pass. */
  public void run(Duration duration) {
    settle();
    long end = nowNanos + duration.toNanos();
    while (nowNanos < end) {
      long next = end;
      for (Node node : nodes) {
        next = Math.min(next, Math.max(nowNanos, node.driver.nextTickNanos()));
      }
      nowNanos = Math.max(nowNanos + 1, next);
      for (Node node : nodes) {
        if (node.driver.nextTickNanos() <= nowNanos) {
          node.driver.tick();
        }
      }
      settle();
    }
  }

  /** Forgets what was counted so far. */
  public void resetCounts() {
    messages = 0;
    bytes = 0;
  }

  /** Messages that were sent, one for each receiver. */
  public long messages() {
    return messages;
  }

  /** Bytes that were sent, to every receiver. */
  public long bytes() {
    return bytes;
  }
}
