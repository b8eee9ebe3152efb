package io.p2pmap.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.p2pmap.MapSpec;
import io.p2pmap.MapStatus;
import io.p2pmap.ReplicatedMaps;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadingTests {

  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE); // which overflows

  @Test
  void aSecondReadingWithinASecondTakesNothing() {
    Reading<Integer> reading = new Reading<>(taken::incrementAndGet, nanos::get);
    assertThat(reading.get()).isEqualTo(1);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    assertThat(reading.get()).isEqualTo(1);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(reading.get()).isEqualTo(2);
  }

  @Test
  void aScrapeOfAllMetersOfAMapTakesItsLockOnce() {
    try (ReplicatedMaps node = ReplicatedMaps.builder().build()) {
      MapStatus status = node.open(MapSpec.of("m", String.class, String.class)).status();
      Reading<MapStatus> reading =
          new Reading<>(
              () -> {
                taken.incrementAndGet();
                return status;
              },
              nanos::get);
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      OpenMapMeters meters = new OpenMapMeters(registry, "m", true, reading);
      assertThat(registry.getMeters().size()).isGreaterThan(30);
      for (Meter meter : registry.getMeters()) {
        meter.measure().forEach(measurement -> measurement.getValue());
      }
      assertThat(taken).hasValue(1);
      meters.remove();
      assertThat(registry.getMeters()).isEmpty();
    }
  }

  @Test
  void everyCounterOfAMapHasAMeter() {
    try (ReplicatedMaps node = ReplicatedMaps.builder().build()) {
      MapStatus status = node.open(MapSpec.of("m", String.class, String.class)).status();
      assertThat(MapCounters.names())
          .containsExactlyInAnyOrderElementsOf(status.counters().keySet());
    }
  }
}
