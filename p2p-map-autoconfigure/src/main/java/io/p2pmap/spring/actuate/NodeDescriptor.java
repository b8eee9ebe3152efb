package io.p2pmap.spring.actuate;

import io.p2pmap.MapStatus;
import io.p2pmap.MapStatus.Agreement;
import io.p2pmap.MapStatus.MemberStatus;
import io.p2pmap.Member;
import io.p2pmap.MissingMember;
import io.p2pmap.NodeStatus;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.StorageStatus;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * This node as the endpoint shows it. All of it is what this node knows; another one may see other
 * members, and know more or less of the agreement.
 *
 * @param members every node in the current view, this one first
 * @param missing nodes that disappeared without a goodbye and are not back
 * @param maps the open maps by name
 */
record NodeDescriptor(
    String name,
    String cluster,
    boolean running,
    List<Member> members,
    List<MissingMember> missing,
    SortedMap<String, MapDescriptor> maps)
    implements OperationResponseBody {

  static NodeDescriptor of(ReplicatedMaps node) {
    SortedMap<String, MapDescriptor> maps = new TreeMap<>();
    for (String name : node.names()) {
      node.find(name)
          .map(ReplicatedMap::status)
          .ifPresent(status -> maps.put(name, MapDescriptor.of(status)));
    }
    NodeStatus status = node.status();
    return new NodeDescriptor(
        status.nodeName(),
        status.clusterName(),
        status.isRunning(),
        status.members(),
        status.missing(),
        maps);
  }

  /**
   * One map.
   *
   * @param fingerprint in hexadecimal; equal on two nodes if their contents are equal
   * @param hidden number of entries that are kept but not visible on this node
   * @param backlog what has happened here and was not passed on yet
   * @param members the other nodes that host the map, and whether they hold the same: this node's
   *     row of the agreement between all
   * @param storage the files of the map, or null if it is not persisted
   */
  record MapDescriptor(
      MapStatus.State state,
      int size,
      String fingerprint,
      int tombstones,
      int hidden,
      boolean inSync,
      boolean clockConfirmed,
      MapStatus.Backlog backlog,
      List<AgreementDescriptor> members,
      @Nullable StorageStatus storage,
      SortedMap<String, Long> counters) {

    static MapDescriptor of(MapStatus status) {
      return new MapDescriptor(
          status.state(),
          status.size(),
          HexFormat.of().toHexDigits(status.fingerprint()),
          status.tombstones(),
          status.hiddenEntries(),
          status.isInSync(),
          status.clockConfirmed(),
          status.backlog(),
          status.members().stream().map(AgreementDescriptor::of).toList(),
          status.storage(),
          new TreeMap<>(status.counters()));
    }
  }

  /**
   * What is known about another node's contents of a map.
   *
   * @param lastHeard how long ago it last reported its contents
   * @param clockOffset its clock minus this node's clock
   */
  record AgreementDescriptor(
      String name,
      String id,
      Agreement agreement,
      @Nullable Duration lastHeard,
      @Nullable Duration clockOffset) {

    static AgreementDescriptor of(MemberStatus status) {
      return new AgreementDescriptor(
          status.member().name(),
          status.member().id(),
          status.agreement(),
          status.lastHeard(),
          status.clockOffset());
    }
  }
}
