package io.p2pmap.spring.event;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the application events that tell the changes of maps. */
@AutoConfiguration(after = P2pMapAutoConfiguration.class)
@ConditionalOnBean(ReplicatedMaps.class)
public final class MapEventAutoConfiguration {

  @Bean
  MapEventPublisher mapEventPublisher(
      ConfigurableListableBeanFactory beanFactory, ApplicationEventPublisher publisher) {
    return new MapEventPublisher(beanFactory, publisher);
  }
}
