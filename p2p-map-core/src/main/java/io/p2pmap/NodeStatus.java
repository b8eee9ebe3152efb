package io.p2pmap;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known about this node, apart from its maps, at one instant.
 *
 * @param clusterName nodes of this name form the cluster
 * @param isRunning whether it was started and not closed
 * @param members every node in the current view, this one first; empty before the start
 * @param missing nodes that disappeared without a goodbye in the last hour and are not back,
 *     longest first
 * @param counters monotonic counts since the node was made, by name
 * @param levels numbers that go up and down, by name
 */
public record NodeStatus(
    String nodeName,
    String clusterName,
    boolean isRunning,
    List<Member> members,
    List<MissingMember> missing,
    Map<String, Long> counters,
    Map<String, Long> levels) {

  public NodeStatus {
    members = List.copyOf(members);
    missing = List.copyOf(missing);
    counters = Collections.unmodifiableMap(new TreeMap<>(counters));
    levels = Collections.unmodifiableMap(new TreeMap<>(levels));
  }
}
