package io.p2pmap.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import io.p2pmap.spring.autoconfigure.ReplicatedMapsCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the meters. */
@AutoConfiguration(
    after = P2pMapAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ReplicatedMaps.class, MeterRegistry.class})
public final class P2pMapMetricsAutoConfiguration {

  @Bean
  MapMeters p2pmapMapMeters() {
    return new MapMeters();
  }

  @Bean
  ClockOffsetMeters p2pmapClockOffsetMeters(MapMeters mapMeters) {
    return new ClockOffsetMeters(mapMeters);
  }

  @Bean
  NodeMeters p2pmapNodeMeters(ReplicatedMaps maps) {
    return new NodeMeters(maps);
  }

  @Bean
  ReplicatedMapsCustomizer p2pmapMetricsCustomizer(
      MapMeters mapMeters, ClockOffsetMeters clockOffsets) {
    return builder -> builder.instrumentation(mapMeters).instrumentation(clockOffsets);
  }
}
