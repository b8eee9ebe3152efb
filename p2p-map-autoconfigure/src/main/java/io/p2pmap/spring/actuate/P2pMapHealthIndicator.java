package io.p2pmap.spring.actuate;

import io.p2pmap.MapStatus;
import io.p2pmap.MapStatus.MemberStatus;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.StorageStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of this node, computed from its maps at every call: up as long as it answers local reads,
 * whatever is known of other nodes or of its disk, because taking a node out of service heals
 * neither.
 */
final class P2pMapHealthIndicator extends AbstractHealthIndicator {

  private final ReplicatedMaps maps;

  P2pMapHealthIndicator(ReplicatedMaps maps) {
    super("Health of the replicated maps could not be determined");
    this.maps = maps;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    if (!maps.isRunning()) {
      builder.down().withDetail("node", "not running");
      return;
    }
    Map<String, Object> details = new LinkedHashMap<>();
    for (String name : maps.names()) {
      maps.find(name).map(ReplicatedMap::status).ifPresent(s -> details.put(name, mapDetails(s)));
    }
    builder.up().withDetail("members", maps.members().size()).withDetail("maps", details);
  }

  private static Map<String, Object> mapDetails(MapStatus status) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("state", status.state());
    details.put("size", status.size());
    details.put("hidden", status.hiddenEntries());
    details.put("inSync", status.isInSync());
    details.put("clockConfirmed", status.clockConfirmed());
    details.put("members", status.members().stream().map(P2pMapHealthIndicator::member).toList());
    StorageStatus storage = status.storage();
    if (storage != null) {
      details.put("storage", storageDetails(storage));
    }
    return details;
  }

  private static Map<String, Object> storageDetails(StorageStatus status) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("state", status.state());
    if (status.degradedCause() != null) {
      details.put("degradedCause", status.degradedCause());
    }
    if (!status.recovery().damages().isEmpty()) {
      details.put("damages", status.recovery().damages());
    }
    return details;
  }

  private static Map<String, Object> member(MemberStatus status) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", status.member().name());
    details.put("agreement", status.agreement());
    details.put("lastHeard", ago(status.lastHeard()));
    return details;
  }

  /** An ISO 8601 duration; "never" if nothing was heard in this view. */
  private static String ago(@Nullable Duration duration) {
    return duration == null ? "never" : duration.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
