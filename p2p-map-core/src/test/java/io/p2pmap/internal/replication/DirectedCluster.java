package io.p2pmap.internal.replication;

import io.p2pmap.internal.replication.SimulatedNetwork.Packet;
import io.p2pmap.internal.wire.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A simulated cluster for schedules written by hand: nothing is sent, delivered, or collected
 * unless the schedule says so.
 */
final class DirectedCluster {

  final SimulatedCluster cluster;
  private final SimulatedMachines machines;

  private DirectedCluster(int size, Ablation ablation, ReplicaSettings settings) {
    this.cluster = new SimulatedCluster(size, 1, settings, ablation, new Trace());
    this.machines = new SimulatedMachines(cluster, new SplittableRandom(1));
  }

  /** A cluster of nodes that are not started. */
  static DirectedCluster stopped(int size, Ablation ablation) {
    return stopped(size, ablation, Scale.byHand());
  }

  static DirectedCluster stopped(int size, Ablation ablation, ReplicaSettings settings) {
    return new DirectedCluster(size, ablation, settings);
  }

  /** A cluster of started nodes that see each other and have just agreed that there is nothing. */
  static DirectedCluster of(int size, Ablation ablation) {
    return of(size, ablation, Scale.byHand());
  }

  static DirectedCluster of(int size, Ablation ablation, ReplicaSettings settings) {
    DirectedCluster directed = new DirectedCluster(size, ablation, settings);
    int[] all = new int[size];
    for (int slot = 0; slot < size; slot++) {
      directed.cluster.start(slot, null);
      all[slot] = slot;
    }
    directed.see(all);
    directed.exchangeAll();
    return directed;
  }

  SimulatedNode node(int slot) {
    return cluster.node(slot);
  }

  DirectedCluster start(int slot) {
    cluster.start(slot, null);
    return this;
  }

  /** These nodes see each other, and nobody else. */
  void see(int... slots) {
    for (int slot : slots) {
      List<UUID> members = new ArrayList<>();
      for (int other : slots) {
        members.add(node(other).incarnation());
      }
      cluster.view(slot, members);
      cluster.drain(slot);
    }
  }

  /** Writes and sends. */
  void put(int slot, String key) {
    cluster.put(slot, key);
    cluster.drain(slot);
  }

  void put(int slot, String key, long timeToLiveMillis) {
    cluster.put(slot, key, timeToLiveMillis);
    cluster.drain(slot);
  }

  void remove(int slot, String key) {
    cluster.remove(slot, key);
    cluster.drain(slot);
  }

  /** The node starts again, with nothing. */
  void restartEmpty(int slot) {
    restart(slot, null);
  }

  /** The node starts again, with what it finds on its disk. */
  void restart(int slot, ReplicaSnapshot<String> disk) {
    cluster.stop(slot);
    cluster.start(slot, disk);
  }

  /** The map is closed and opened again in one run of its node: another replica, old sender. */
  void reopenEmpty(int slot) {
    Identity identity = node(slot).identity;
    cluster.stop(slot);
    cluster.start(slot, identity.incarnation(), identity.replicaId(), null);
  }

  /** The oldest packet of a type between two nodes arrives. */
  void deliver(MessageType type, int from, int to) {
    cluster.deliver(packet -> isBetween(packet, type, from, to));
    cluster.drain(to);
  }

  /** The oldest batch from one node to another arrives. */
  void batch(int from, int to) {
    deliver(MessageType.BATCH, from, to);
  }

  /** Takes the oldest packet of a type between two nodes off the network, to arrive later. */
  Packet delay(MessageType type, int from, int to) {
    return cluster.network.take(packet -> isBetween(packet, type, from, to));
  }

  void arrive(Packet packet) {
    cluster.deliver(packet);
    cluster.drain(packet.toSlot());
  }

  private static boolean isBetween(Packet packet, MessageType type, int from, int to) {
    return packet.type() == type && packet.fromSlot() == from && packet.toSlot() == to;
  }

  /** Everything on its way is lost. */
  void loseAll() {
    cluster.network.lose(any -> true);
  }

  /** A node reports what it holds; nothing is delivered. */
  void report(int slot) {
    cluster.advance(cluster.settings.syncInterval().toMillis() * 2);
    cluster.tick(slot);
    cluster.drain(slot);
  }

  /** One node fetches what it lacks from another that reports; answers in between are lost. */
  void pull(int receiver, int sender) {
    report(sender);
    deliver(MessageType.DIGEST, sender, receiver);
    deliver(MessageType.DIGEST, receiver, sender); // its vector
    deliver(MessageType.DIGEST, sender, receiver); // the vector of the sender, or its request
    deliver(MessageType.DIGEST, receiver, sender); // its request
    while (cluster.network.has(packet -> isBetween(packet, MessageType.CHUNK, sender, receiver))) {
      deliver(MessageType.CHUNK, sender, receiver);
    }
  }

  /** A replica loses an entry by no rule at all. */
  void damage(int slot, String key) {
    SimulatedNode node = node(slot);
    Turn<String> turn = new Turn<>(node.clock.now());
    node.state.contents.remove(node.live.get(key), Change.Cause.WRITTEN, turn);
    node.changes.addAll(turn.effects(null).changes());
    cluster.judge.check(node);
  }

  /** What is on its way between these nodes arrives, and the answers, until there is nothing. */
  void exchange(int... slots) {
    List<Integer> among = new ArrayList<>();
    for (int slot : slots) {
      among.add(slot);
    }
    Packet next = takeAmong(among);
    for (int deliveries = 0; next != null; deliveries++) {
      Judge.expect(deliveries < 1_000, "endless exchange");
      arrive(next);
      next = takeAmong(among);
    }
  }

  private Packet takeAmong(List<Integer> slots) {
    return cluster.network.take(
        packet -> slots.contains(packet.fromSlot()) && slots.contains(packet.toSlot()));
  }

  void exchangeAll() {
    exchange(IntStream.range(0, cluster.size()).toArray());
  }

  /** These nodes report to each other until they agree, and collect what may leave. */
  void agree(int... slots) {
    for (int round = 0; round < 3; round++) {
      for (int slot : slots) {
        report(slot);
      }
      exchange(slots);
    }
  }

  /** Everything is healed, and everybody must agree on the last writes. */
  void settle() {
    new Settling(cluster, machines).run();
  }
}
