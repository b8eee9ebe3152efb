package io.p2pmap.spring.metrics;

import io.p2pmap.MapStatus;
import io.p2pmap.MapStatus.Agreement;
import io.p2pmap.spring.metrics.StatusMeters.Described;
import java.util.Locale;

/** What is read off a map's status and goes up and down. */
final class MapGauges {

  private MapGauges() {}

  static void register(StatusMeters<MapStatus> meters) {
    contents(meters);
    agreement(meters);
    backlog(meters);
  }

  private static void contents(StatusMeters<MapStatus> meters) {
    meters.gauge(Described.of("entries", "Entries that readers see"), MapStatus::size);
    meters.gauge(Described.of("tombstones", "Removals that are remembered"), MapStatus::tombstones);
    meters.gauge(
        Described.of("hidden", "Entries that this node can't decode or refuses"),
        MapStatus::hiddenEntries);
  }

  private static void agreement(StatusMeters<MapStatus> meters) {
    meters.gauge(
        Described.of("ready", "Whether the map has caught up with the others, 1 or 0"),
        status -> status.state() == MapStatus.State.READY ? 1 : 0);
    meters.gauge(
        Described.of(
            "clock.confirmed", "Whether this node's clock is close to the others', 1 or 0"),
        status -> status.clockConfirmed() ? 1 : 0);
    for (Agreement agreement : Agreement.values()) {
      meters.gauge(
          Described.of("peers", "Other nodes that host the map, by whether they hold the same")
              .tagged("agreement", agreement.name().toLowerCase(Locale.ROOT)),
          status -> peers(status, agreement));
    }
  }

  private static long peers(MapStatus status, Agreement agreement) {
    return status.members().stream().filter(peer -> peer.agreement() == agreement).count();
  }

  private static void backlog(StatusMeters<MapStatus> meters) {
    meters.gauge(
        Described.of("outbox.writes", "Own writes that were not sent"),
        status -> status.backlog().unsentWrites());
    meters.gauge(
        Described.of("outbox", "Length of the own writes that were not sent").in("bytes"),
        status -> status.backlog().unsentBytes());
    meters.gauge(
        Described.of("listeners", "Subscriptions"), status -> status.backlog().listeners());
    meters.gauge(
        Described.of("listener.lag", "Changes that the slowest listener was not told of"),
        status -> status.backlog().queuedChanges());
  }
}
