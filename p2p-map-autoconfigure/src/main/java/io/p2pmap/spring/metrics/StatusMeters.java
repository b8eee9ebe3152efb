package io.p2pmap.spring.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Registers meters that read one status.
 *
 * <p>Threading: one thread registers; the meters are read by any.
 */
final class StatusMeters<T> {

  private final MeterRegistry registry;
  private final Reading<T> reading; // held here, because gauges hold what they read weakly
  private final Tags tags;
  private final List<Meter> meters = new ArrayList<>();

  StatusMeters(MeterRegistry registry, Reading<T> reading, Tags tags) {
    this.registry = registry;
    this.reading = reading;
    this.tags = tags;
  }

  void gauge(Described meter, ToDoubleFunction<T> value) {
    meters.add(
        Gauge.builder(meter.name(), reading, status -> value.applyAsDouble(status.get()))
            .tags(tags.and(meter.tags()))
            .description(meter.description())
            .baseUnit(meter.unit())
            .register(registry));
  }

  void counter(Described meter, ToDoubleFunction<T> count) {
    meters.add(
        FunctionCounter.builder(meter.name(), reading, status -> count.applyAsDouble(status.get()))
            .tags(tags.and(meter.tags()))
            .description(meter.description())
            .baseUnit(meter.unit())
            .register(registry));
  }

  /** Takes every meter out of the registry. */
  void remove() {
    meters.forEach(registry::remove);
    meters.clear();
  }

  /** Name, meaning, and base unit of a meter. */
  record Described(String name, String description, @Nullable String unit, Tags tags) {

    static Described of(String name, String description) {
      return new Described("p2pmap." + name, description, null, Tags.empty());
    }

    Described in(String baseUnit) {
      return new Described(name, description, baseUnit, tags);
    }

    Described tagged(String key, String value) {
      return new Described(name, description, unit, tags.and(key, value));
    }
  }
}
