package io.p2pmap.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmap.Instrumentation;
import io.p2pmap.MapStatus;
import io.p2pmap.ReplicatedMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps meters for every map that is open: they come and go with it, in every registry.
 *
 * <p>Threading: any thread; to record takes no lock.
 */
final class MapMeters implements MeterBinder, Instrumentation {

  /** A map that is open, and its meters by registry; changed as a whole. */
  private record Open(
      ReplicatedMap<?, ?> map,
      boolean isPersisted,
      Reading<MapStatus> reading,
      List<OpenMapMeters> meters) {

    Open in(MeterRegistry registry) {
      List<OpenMapMeters> more = new ArrayList<>(meters);
      more.add(new OpenMapMeters(registry, map.name(), isPersisted, reading));
      return new Open(map, isPersisted, reading, List.copyOf(more));
    }
  }

  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final List<MeterRegistry> registries = new ArrayList<>();

  /** The status of each open map. */
  Collection<MapStatus> statuses() {
    return open.values().stream().map(each -> each.reading().get()).toList();
  }

  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    registries.add(registry);
    open.replaceAll((name, each) -> each.in(registry));
  }

  @Override
  public synchronized void mapOpened(ReplicatedMap<?, ?> map) {
    remove(open.get(map.name())); // of a map of that name that is being closed
    MapStatus status = map.status();
    if (status.state() == MapStatus.State.CLOSED) {
      return; // meanwhile, so that nobody would remove them
    }
    Open opened = new Open(map, status.storage() != null, new Reading<>(map::status), List.of());
    for (MeterRegistry registry : registries) {
      opened = opened.in(registry);
    }
    open.put(map.name(), opened);
  }

  @Override
  public synchronized void mapClosed(ReplicatedMap<?, ?> map) {
    Open closed = open.get(map.name());
    if (closed != null && closed.map() == map) {
      remove(closed);
    }
  }

  private void remove(@Nullable Open closed) {
    if (closed != null) {
      open.remove(closed.map().name());
      closed.meters().forEach(OpenMapMeters::remove);
    }
  }

  @Override
  public void writeArrived(String mapName, long lagMillis) {
    record(mapName, meters -> meters.lag(lagMillis));
  }

  @Override
  public void batchSent(String mapName, int entries, int lengthBytes) {
    record(mapName, meters -> meters.batch(entries, lengthBytes));
  }

  @Override
  public void storageForced(String mapName, Duration duration) {
    record(mapName, meters -> meters.forced(duration));
  }

  private void record(String mapName, Consumer<OpenMapMeters> measurement) {
    Open measured = open.get(mapName);
    if (measured != null) {
      measured.meters().forEach(measurement);
    }
  }
}
