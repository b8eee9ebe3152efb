package io.p2pmap.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmap.Instrumentation;
import io.p2pmap.MapStatus;
import io.p2pmap.MapStatus.MemberStatus;
import io.p2pmap.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far the clock of each other node is from this one's, for as long as it is in the cluster.
 * Nodes of one name share a meter, which shows the one furthest off.
 *
 * <p>Threading: any thread.
 */
final class ClockOffsetMeters implements MeterBinder, Instrumentation {

  private static final double NANOS_A_SECOND = 1e9;

  private final MapMeters maps;
  private final List<MultiGauge> gauges = new ArrayList<>();
  private List<String> names = List.of();

  ClockOffsetMeters(MapMeters maps) {
    this.maps = maps;
  }

  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    MultiGauge gauge =
        MultiGauge.builder("p2pmap.clock.offset")
            .description("Clock of the other node minus this node's, with the message's delay")
            .baseUnit("seconds")
            .register(registry);
    gauges.add(gauge);
    gauge.register(rows(), true);
  }

  @Override
  public synchronized void membersChanged(List<Member> members) {
    names =
        members.stream().filter(member -> !member.isSelf()).map(Member::name).distinct().toList();
    gauges.forEach(gauge -> gauge.register(rows(), true));
  }

  private List<Row<?>> rows() {
    List<Row<?>> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(Row.of(Tags.of("member", name), this, meters -> meters.offsetSeconds(name)));
    }
    return rows;
  }

  /** What the map says that heard last of the node; not a number if none has. */
  private double offsetSeconds(String name) {
    return maps.statuses().stream()
        .map(status -> furthest(status, name))
        .flatMap(Optional::stream)
        .min(Comparator.comparing(ClockOffsetMeters::age))
        .map(MemberStatus::clockOffset)
        .map(offset -> offset.toNanos() / NANOS_A_SECOND)
        .orElse(Double.NaN);
  }

  private static Optional<MemberStatus> furthest(MapStatus status, String name) {
    return status.members().stream()
        .filter(member -> member.member().name().equals(name) && member.clockOffset() != null)
        .max(Comparator.comparing(ClockOffsetMeters::distance));
  }

  private static Duration distance(MemberStatus member) {
    Duration offset = member.clockOffset();
    return offset != null ? offset.abs() : Duration.ZERO;
  }

  private static Duration age(MemberStatus member) {
    Duration lastHeard = member.lastHeard();
    return lastHeard != null ? lastHeard : Duration.ofSeconds(Long.MAX_VALUE);
  }
}
