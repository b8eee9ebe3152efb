package io.p2pmap.spring.actuate;

import io.p2pmap.MapStatus;
import io.p2pmap.MapStatus.MemberStatus;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.StorageStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Up while the map answers local reads, whatever is known of other nodes or of its disk, because
 * taking a node out of service heals neither.
 */
final class MapHealthIndicator extends AbstractHealthIndicator {

  private final ReplicatedMap<?, ?> map;

  MapHealthIndicator(ReplicatedMap<?, ?> map) {
    super("Health of map '%s' could not be determined".formatted(map.name()));
    this.map = map;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    MapStatus status = map.status();
    builder.status(status.state() == MapStatus.State.CLOSED ? "DOWN" : "UP");
    builder.withDetail("state", status.state());
    builder.withDetail("syncing", status.state() == MapStatus.State.SYNCING);
    builder.withDetail("degraded", status.isDegraded());
    builder.withDetail("inSync", status.isInSync());
    builder.withDetail("clockConfirmed", status.clockConfirmed());
    builder.withDetail("size", status.size());
    builder.withDetail("hidden", status.hiddenEntries());
    builder.withDetail(
        "members", status.members().stream().map(MapHealthIndicator::member).toList());
    StorageStatus storage = status.storage();
    if (storage != null) {
      builder.withDetail("storage", storageDetails(storage));
    }
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
