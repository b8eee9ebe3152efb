package io.p2pmap.internal.transport.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The links of a network that do not work as they should, by the names of their nodes: a cut one
 * loses its frames, a held one keeps them, in order, until it is healed. Each has one direction.
 *
 * <p>Threading: confined to its network's lock.
 */
final class Links {

  private record Link(String from, String to) {}

  private final Set<Link> cuts = new HashSet<>();
  private final Map<Link, List<Waiting>> held = new HashMap<>();

  /** A frame that waits on a link. */
  record Waiting(UUID from, UUID to, byte[] frame) {}

  void cut(String from, String to) {
    cuts.add(new Link(from, to));
    held.remove(new Link(from, to));
  }

  void hold(String from, String to) {
    held.computeIfAbsent(new Link(from, to), link -> new ArrayList<>());
  }

  boolean isCut(String from, String to) {
    return cuts.contains(new Link(from, to));
  }

  /** Keeps a frame if its link is held; returns whether it did. */
  boolean keep(String from, String to, Waiting frame) {
    List<Waiting> waiting = held.get(new Link(from, to));
    return waiting != null && waiting.add(frame);
  }

  /** Makes a link work again; returns the frames that waited on it. */
  List<Waiting> heal(String from, String to) {
    cuts.remove(new Link(from, to));
    List<Waiting> waiting = held.remove(new Link(from, to));
    return waiting == null ? List.of() : waiting;
  }

  /** Makes every link work again; returns the frames that waited. */
  List<Waiting> heal() {
    List<Waiting> waiting = held.values().stream().flatMap(List::stream).toList();
    held.clear();
    cuts.clear();
    return waiting;
  }

  /** Loses what waits from or for a node that is gone. */
  void forget(UUID node) {
    for (List<Waiting> waiting : held.values()) {
      waiting.removeIf(frame -> frame.from().equals(node) || frame.to().equals(node));
    }
  }
}
