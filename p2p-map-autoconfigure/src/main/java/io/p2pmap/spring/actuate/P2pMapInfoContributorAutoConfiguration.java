package io.p2pmap.spring.actuate;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of what {@code info} says. */
@AutoConfiguration(after = P2pMapAutoConfiguration.class)
@ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
@ConditionalOnBean(ReplicatedMaps.class)
@ConditionalOnEnabledInfoContributor("p2pmap")
public final class P2pMapInfoContributorAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "p2pmapInfoContributor")
  InfoContributor p2pmapInfoContributor(ReplicatedMaps maps) {
    return new P2pMapInfoContributor(maps);
  }
}
