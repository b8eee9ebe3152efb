package io.p2pmap;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node looks like at one instant, as far as its events tell.
 *
 * @param members every node in the view, none before the first
 */
record NodeLook(List<Member> members, SortedMap<String, MapLook> maps) {

  /**
   * One map.
   *
   * @param divergences found since it was opened
   */
  record MapLook(boolean isReady, boolean isInSync, long divergences) {

    /** A map of a node that has not joined yet is not ready, although nobody is ahead of it. */
    static MapLook of(MapStatus status, boolean hasJoined) {
      return new MapLook(
          hasJoined && status.state() == MapStatus.State.READY,
          status.isInSync(),
          status.counters().getOrDefault("divergences", 0L));
    }
  }

  static NodeLook at(List<Member> members, Map<String, OpenMap<?, ?>> maps) {
    SortedMap<String, MapLook> looks = new TreeMap<>();
    maps.forEach((name, map) -> looks.put(name, MapLook.of(map.status(), !members.isEmpty())));
    return new NodeLook(members, looks);
  }
}
