package io.p2pmap.spring.actuate;

import io.p2pmap.MissingMember;
import io.p2pmap.NodeStatus;
import io.p2pmap.ReplicatedMaps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up while the node runs, whatever is known of other nodes: taking this one out of service heals no
 * network.
 */
final class NodeHealthIndicator extends AbstractHealthIndicator {

  private final ReplicatedMaps maps;

  NodeHealthIndicator(ReplicatedMaps maps) {
    super("Health of the node could not be determined");
    this.maps = maps;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    NodeStatus status = maps.status();
    builder.status(status.isRunning() ? "UP" : "DOWN");
    builder.withDetail("name", status.nodeName()).withDetail("running", status.isRunning());
    builder.withDetail("members", status.members().size());
    List<MissingMember> missing = status.missing();
    if (!missing.isEmpty()) {
      builder.withDetail("partitionedSince", missing.get(0).since());
      builder.withDetail("missing", missing.stream().map(NodeHealthIndicator::details).toList());
    }
  }

  private static Map<String, Object> details(MissingMember member) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", member.name());
    details.put("address", member.address());
    details.put("since", member.since());
    return details;
  }
}
