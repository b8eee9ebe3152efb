package io.p2pmap;

import io.p2pmap.NodeEvent.DivergenceRepaired;
import io.p2pmap.NodeEvent.MapSynchronized;
import io.p2pmap.NodeEvent.MembersChanged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells what changed from one look at a node to the next. Threading: one thread. */
final class NodeChanges {

  private NodeLook last;

  /** Divergences of each map that a listener was told of, or that were there before it came. */
  private final Map<String, Long> toldDivergences = new HashMap<>();

  NodeChanges(NodeLook first) {
    this.last = first;
    first.maps().forEach((name, map) -> toldDivergences.put(name, map.divergences()));
  }

  /** What happened since the last look: members first, then maps by name. */
  List<NodeEvent> update(NodeLook now) {
    List<NodeEvent> events = new ArrayList<>();
    addMembers(now, events);
    toldDivergences.keySet().retainAll(now.maps().keySet());
    now.maps().forEach((name, map) -> addMap(name, map, events));
    last = now;
    return events;
  }

  private void addMembers(NodeLook now, List<NodeEvent> events) {
    List<Member> joined = without(now.members(), last.members());
    List<Member> left = without(last.members(), now.members());
    if (!joined.isEmpty() || !left.isEmpty()) {
      events.add(new MembersChanged(now.members(), joined, left));
    }
  }

  private static List<Member> without(List<Member> members, List<Member> others) {
    return members.stream().filter(member -> !others.contains(member)).toList();
  }

  private void addMap(String name, NodeLook.MapLook map, List<NodeEvent> events) {
    NodeLook.MapLook before = last.maps().get(name);
    if (map.isReady() && (before == null || !before.isReady())) {
      events.add(new MapSynchronized(name));
    }
    long told = toldDivergences.computeIfAbsent(name, any -> 0L);
    if (map.divergences() > told && map.isInSync()) {
      toldDivergences.put(name, map.divergences());
      events.add(new DivergenceRepaired(name, map.divergences() - told));
    }
  }
}
