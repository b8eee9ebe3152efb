package io.p2pmap.internal.replication;

import io.p2pmap.internal.wire.MessageType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Frames on their way. Multicasts of one sender reach one receiver in order; nothing else has an
 * order. Links can be cut in one direction, and any frame can be lost or repeated.
 */
final class SimulatedNetwork {

  /** A frame for one receiver. */
  record Packet(
      MessageType type,
      int fromSlot,
      UUID from,
      int toSlot,
      UUID to,
      boolean isMulticast,
      String note,
      byte[] frame) {

    /** Whether both are multicasts from one run of a node to one other node. */
    private boolean precedes(Packet later) {
      return isMulticast && toSlot == later.toSlot && from == later.from;
    }
  }

  private final boolean[][] cut;
  private final List<Packet> packets = new ArrayList<>();

  SimulatedNetwork(int nodes) {
    this.cut = new boolean[nodes][nodes];
  }

  void send(Packet packet) {
    packets.add(packet);
  }

  /** Takes out a random packet that may arrive now, or null if a few tries found none. */
  Packet takeAny(SplittableRandom random) {
    for (int attempt = 0; attempt < 6 && !packets.isEmpty(); attempt++) {
      int index = firstOfItsStream(random.nextInt(packets.size()));
      Packet packet = packets.get(index);
      if (!cut[packet.fromSlot()][packet.toSlot()]) {
        return packets.remove(index);
      }
    }
    return null;
  }

  /** Where the packet is that must arrive before the one at {@code index}, or just that. */
  private int firstOfItsStream(int index) {
    Packet packet = packets.get(index);
    if (!packet.isMulticast()) {
      return index;
    }
    int first = 0; // they lie in the order of sending, but for repeated ones
    while (!packets.get(first).precedes(packet)) {
      first++;
    }
    return first;
  }

  /** Takes out the oldest packet that {@code condition} picks, or null. */
  Packet take(Predicate<Packet> condition) {
    for (int index = 0; index < packets.size(); index++) {
      if (condition.test(packets.get(index))) {
        return packets.remove(index);
      }
    }
    return null;
  }

  void loseAny(SplittableRandom random) {
    if (!packets.isEmpty()) {
      packets.remove(random.nextInt(packets.size()));
    }
  }

  void lose(Predicate<Packet> condition) {
    packets.removeIf(condition);
  }

  void cut(int from, int to) {
    cut[from][to] = from != to;
  }

  void isolate(int slot) {
    for (int other = 0; other < cut.length; other++) {
      cut(slot, other);
      cut(other, slot);
    }
  }

  void heal() {
    for (boolean[] links : cut) {
      Arrays.fill(links, false);
    }
  }

  /** Whether neither direction between two nodes is cut. */
  boolean isConnected(int a, int b) {
    return !cut[a][b] && !cut[b][a];
  }

  boolean has(Predicate<Packet> condition) {
    return packets.stream().anyMatch(condition);
  }

  boolean isEmpty() {
    return packets.isEmpty();
  }

  int size() {
    return packets.size();
  }
}
