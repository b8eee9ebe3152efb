package io.p2pmap;

import io.p2pmap.internal.engine.Keys;
import io.p2pmap.internal.engine.Node;
import io.p2pmap.internal.replication.ReplicaStatus;
import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.TransportFigures;
import io.p2pmap.internal.transport.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts what a node and its replicas know into the words of the public API. */
final class StatusReport {

  private final Node node;

  StatusReport(Node node) {
    this.node = node;
  }

  /** Every node in the view, this one first; empty before the first view. */
  List<Member> members() {
    View view = node.view();
    return view == null ? List.of() : members(view);
  }

  static List<Member> members(View view) {
    List<Member> members = new ArrayList<>();
    members.add(member(view.self(), true));
    view.others().forEach(peer -> members.add(member(peer, false)));
    return members;
  }

  private static Member member(Peer peer, boolean isSelf) {
    return new Member(peer.nodeName(), peer.id().toString(), peer.address(), isSelf);
  }

  NodeStatus nodeStatus(NodeSettings settings, boolean isRunning) {
    TransportFigures figures = node.figures();
    return new NodeStatus(
        settings.nodeName(),
        settings.clusterName(),
        isRunning,
        members(),
        missing(),
        figures.counters(),
        figures.levels());
  }

  private List<MissingMember> missing() {
    List<MissingMember> missing = new ArrayList<>();
    node.missing(
        (peer, sinceMillis) ->
            missing.add(
                new MissingMember(
                    peer.nodeName(),
                    peer.id().toString(),
                    peer.address(),
                    Instant.ofEpochMilli(sinceMillis))));
    return missing;
  }

  <K> List<TombstoneInfo<K>> tombstones(OpenMap<K, ?> map, Keys<K> keys) {
    return new TombstoneReport<>(node, keys, map.hosting().map().driver().tombstones()).infos();
  }

  MapStatus status(OpenMap<?, ?> map) {
    ReplicaStatus status = map.hosting().map().driver().status();
    int hidden = map.hiddenCount();
    return new MapStatus(
        map.name(),
        state(map, status),
        status.shown() - hidden,
        status.tombstones(),
        hidden,
        status.lasting().sum(),
        status.isClockConfirmed(),
        backlog(map, status),
        members(status),
        map.hosting().storage(),
        counters(map, status));
  }

  private static MapStatus.Backlog backlog(OpenMap<?, ?> map, ReplicaStatus status) {
    ReplicaStatus.Unsent unsent = status.unsent();
    List<Integer> queues = map.listenerQueues();
    int longest = queues.stream().mapToInt(Integer::intValue).max().orElse(0);
    return new MapStatus.Backlog(unsent.writes(), unsent.lengthBytes(), queues.size(), longest);
  }

  private static Map<String, Long> counters(OpenMap<?, ?> map, ReplicaStatus status) {
    Map<String, Long> counters = new LinkedHashMap<>(status.counters());
    map.hosting().map().driver().addTraffic(counters);
    counters.put("listener-failures", map.listenerFailures());
    return counters;
  }

  private static MapStatus.State state(OpenMap<?, ?> map, ReplicaStatus status) {
    if (map.isClosed()) {
      return MapStatus.State.CLOSED;
    }
    boolean isReady = status.isCaughtUp() || status.peers().isEmpty();
    return isReady ? MapStatus.State.READY : MapStatus.State.SYNCING;
  }

  private List<MapStatus.MemberStatus> members(ReplicaStatus status) {
    View view = node.view();
    if (view == null) {
      return List.of();
    }
    Map<UUID, ReplicaStatus.PeerStatus> known =
        status.peers().stream()
            .collect(Collectors.toMap(ReplicaStatus.PeerStatus::incarnation, Function.identity()));
    List<MapStatus.MemberStatus> members = new ArrayList<>();
    for (Peer peer : view.others()) {
      ReplicaStatus.PeerStatus peerStatus = known.get(peer.id());
      if (peerStatus != null) {
        members.add(memberStatus(member(peer, false), peerStatus));
      }
    }
    return members;
  }

  private static MapStatus.MemberStatus memberStatus(Member member, ReplicaStatus.PeerStatus peer) {
    return new MapStatus.MemberStatus(
        member,
        MapStatus.Agreement.valueOf(peer.agreement().name()),
        nanos(peer.lastHeardNanos()),
        millis(peer.clockOffsetMillis()));
  }

  private static @Nullable Duration nanos(@Nullable Long nanos) {
    return nanos == null ? null : Duration.ofNanos(nanos);
  }

  private static @Nullable Duration millis(@Nullable Long millis) {
    return millis == null ? null : Duration.ofMillis(millis);
  }
}
