package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.wire.FrameDecoder;
import io.p2pmap.internal.wire.FrameHeader;
import io.p2pmap.internal.wire.MessageType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Replicas of one map on simulated machines, with the production driver and wire format around
 * each. One seed, one course of events: time and identifiers are the schedule's, and there are no
 * threads. After every input the {@link Judge} looks at the replica that got it.
 */
final class SimulatedCluster {

  static final long START_MILLIS = 1_000_000;
  static final List<String> KEYS = List.of("a", "b", "c");

  final SplittableRandom random;
  final ReplicaSettings settings;
  final SimulatedNetwork network;
  final WriteLedger ledger = new WriteLedger();
  final Judge judge;
  final Statistics statistics = new Statistics();
  final Ablation ablation;
  final Trace trace;

  /** Whether a multicast to an earlier run of a node may reach a later one. */
  boolean deliversToLaterRuns;

  /** Whether a node's map survives a restart. */
  boolean isPersisted;

  long millis = START_MILLIS;
  private final SimulatedNode[] nodes;
  private final SimulatedClock[] clocks;
  private final UUID[] replicaIds;
  private final int[] starts;
  private final Map<UUID, SimulatedNode> runs = new LinkedHashMap<>();
  private int lastValue;

  SimulatedCluster(int size, long seed, ReplicaSettings settings, Ablation ablation, Trace trace) {
    this.random = new SplittableRandom(seed);
    this.settings = settings;
    this.ablation = ablation;
    this.trace = trace;
    this.network = new SimulatedNetwork(size);
    this.judge = new Judge(this);
    this.nodes = new SimulatedNode[size];
    this.clocks = new SimulatedClock[size];
    this.replicaIds = new UUID[size];
    this.starts = new int[size];
    for (int slot = 0; slot < size; slot++) {
      clocks[slot] = new SimulatedClock(() -> millis);
      replicaIds[slot] = id();
    }
  }

  UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  int size() {
    return nodes.length;
  }

  /** The present run of a node, or null if it is down. */
  SimulatedNode node(int slot) {
    return nodes[slot];
  }

  SimulatedClock clock(int slot) {
    return clocks[slot];
  }

  UUID replicaId(int slot) {
    return replicaIds[slot];
  }

  /** The present runs of all nodes that are up. */
  List<SimulatedNode> running() {
    List<SimulatedNode> running = new ArrayList<>();
    for (SimulatedNode node : nodes) {
      if (node != null) {
        running.add(node);
      }
    }
    return running;
  }

  /** The run with this incarnation, past ones included. */
  SimulatedNode run(UUID incarnation) {
    return runs.get(incarnation);
  }

  /** Starts a node, with nothing or with what it finds on its disk. */
  SimulatedNode start(int slot, ReplicaSnapshot<String> disk) {
    UUID incarnation = id();
    return start(slot, incarnation, isPersisted ? replicaIds[slot] : incarnation, disk);
  }

  SimulatedNode start(int slot, UUID incarnation, UUID replicaId, ReplicaSnapshot<String> disk) {
    String name = "r" + slot + "." + ++starts[slot];
    Identity identity = new Identity(incarnation, replicaId, name);
    SimulatedNode node =
        new SimulatedNode(
            slot,
            identity,
            isPersisted ? settings.persisted() : settings,
            clocks[slot],
            ablation.rules(this, slot),
            () -> origin(slot, name),
            new Knowledge(ledger));
    nodes[slot] = node;
    runs.put(incarnation, node);
    if (trace != null) {
      trace.name(incarnation, name);
      trace.name(replicaId, "R" + slot);
      log("%s starts %s", name, disk == null ? "empty" : "with " + disk);
    }
    if (disk != null) {
      node.recover(ablation.read(disk, random));
    }
    judge.check(node);
    return node;
  }

  private UUID origin(int slot, String name) {
    UUID origin = ablation.origin(slot, id());
    if (trace != null) {
      trace.name(origin, "o" + name);
    }
    return origin;
  }

  void stop(int slot) {
    log("%s stops", nodes[slot]);
    nodes[slot] = null;
  }

  void put(int slot, String key) {
    write(slot, key, Integer.toString(++lastValue), Entry.NEVER);
  }

  void put(int slot, String key, long timeToLiveMillis) {
    long expiry = clocks[slot].wallMillis() + timeToLiveMillis;
    write(slot, key, Integer.toString(++lastValue), expiry);
  }

  void remove(int slot, String key) {
    write(slot, key, null, Entry.NEVER);
  }

  private void write(int slot, String key, String value, long expiresAtMillis) {
    SimulatedNode node = nodes[slot];
    byte[] valueBytes = value == null ? null : value.getBytes(StandardCharsets.US_ASCII);
    byte[] keyBytes = key.getBytes(StandardCharsets.US_ASCII);
    Draft<String> draft = new Draft<>(key, keyBytes, valueBytes, expiresAtMillis);
    log("%s %s", node, value == null ? "removes " + key : "puts " + key + "=" + value);
    node.driver.write(List.of(draft));
    statistics.writes++;
    judge.check(node);
    judge.checkWritten(node, draft);
  }

  /** Time passes for everybody. */
  void advance(long byMillis) {
    millis += byMillis;
  }

  void tick(int slot) {
    log("%s ticks", nodes[slot]);
    nodes[slot].driver.tick();
    judge.check(nodes[slot]);
  }

  void probe(int slot) {
    SimulatedNode node = nodes[slot];
    node.driver.whenReached(reached -> false);
    judge.check(node);
  }

  /** Tells a node that its view is these incarnations and itself. */
  void view(int slot, Collection<UUID> members) {
    SimulatedNode node = nodes[slot];
    node.view.clear();
    node.view.addAll(members);
    node.view.remove(node.incarnation());
    log("%s sees %s", node, node.view);
    node.driver.membersChanged(node.view);
    judge.check(node);
  }

  /** Puts everything that a node has to say on the network. */
  void drain(int slot) {
    SimulatedNode node = nodes[slot];
    boolean more = true;
    while (more) {
      more = node.driver.drain((receiver, frame) -> send(node, receiver, frame));
    }
  }

  private void send(SimulatedNode from, UUID receiver, byte[] frame) {
    FrameHeader.Known header = (FrameHeader.Known) FrameHeader.read(frame);
    String note = trace == null ? "" : decoded(header).toString();
    boolean isTransfer = header.type() == MessageType.CHUNK;
    for (UUID to : receiver == null ? List.copyOf(from.view) : List.of(receiver)) {
      int slot = runs.get(to).slot;
      log("%s -> %s: %s", from, runs.get(to), note);
      if (isTransfer && ((Message.Chunk<String>) decoded(header)).index() == 0) {
        statistics.transfer(from.slot, slot);
      }
      network.send(
          new SimulatedNetwork.Packet(
              header.type(),
              from.slot,
              from.incarnation(),
              slot,
              to,
              receiver == null,
              note,
              frame));
    }
  }

  private static Message<String> decoded(FrameHeader.Known header) {
    return new FrameDecoder<>(SimulatedNode::key).decode(header);
  }

  /** Delivers a random packet; returns whether there was one. */
  boolean deliverAny() {
    SimulatedNetwork.Packet packet = network.takeAny(random);
    if (packet != null) {
      deliver(packet);
    }
    return packet != null;
  }

  /** Delivers the oldest packet that {@code condition} picks. */
  void deliver(Predicate<SimulatedNetwork.Packet> condition) {
    SimulatedNetwork.Packet packet = network.take(condition);
    if (packet == null) {
      throw new IllegalStateException("There is no such packet on its way");
    }
    deliver(packet);
  }

  void deliver(SimulatedNetwork.Packet packet) {
    SimulatedNode node = nodes[packet.toSlot()];
    if (node == null) {
      return;
    }
    boolean isMeant = node.incarnation().equals(packet.to());
    if (isMeant || (packet.isMulticast() && deliversToLaterRuns)) {
      log("%s <- %s: %s", node, runs.get(packet.from()), packet.note());
      node.driver.receive(packet.from(), (FrameHeader.Known) FrameHeader.read(packet.frame()));
      judge.check(node);
    }
  }

  void log(String line, Object... arguments) {
    if (trace != null) {
      trace.log(millis, line.formatted(arguments));
    }
  }
}
