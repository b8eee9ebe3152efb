package io.p2pmap.spring.metrics;

import io.micrometer.observation.ObservationRegistry;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import io.p2pmap.spring.autoconfigure.ReplicatedMapsCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the observations; without a registry there is nothing to pay for. */
@AutoConfiguration(after = P2pMapAutoConfiguration.class)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ReplicatedMaps.class)
public final class P2pMapObservationAutoConfiguration {

  @Bean
  ReplicatedMapsCustomizer p2pmapObservationCustomizer(
      ObjectProvider<ObservationRegistry> registries) {
    return builder -> {
      ObservationRegistry registry = registries.getIfAvailable(() -> ObservationRegistry.NOOP);
      if (!registry.isNoop()) {
        builder.instrumentation(new NodeObservations(registry));
      }
    };
  }
}
