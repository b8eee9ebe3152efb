package io.p2pmap.spring.actuate;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the health contributor {@code p2pmap}. */
@AutoConfiguration(after = P2pMapAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean(ReplicatedMaps.class)
@ConditionalOnEnabledHealthIndicator("p2pmap")
public final class P2pMapHealthContributorAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = {"p2pmapHealthIndicator", "p2pmapHealthContributor"})
  HealthContributor p2pmapHealthContributor(ReplicatedMaps maps) {
    return new P2pMapHealthContributor(maps);
  }
}
