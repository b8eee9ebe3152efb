package io.p2pmap.spring.event;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the application events that tell the changes of maps and of the node. */
@AutoConfiguration(after = P2pMapAutoConfiguration.class)
@ConditionalOnBean(ReplicatedMaps.class)
public final class MapEventAutoConfiguration {

  /** Static, because Spring needs it before it creates other beans. */
  @Bean
  static MapEventListenerFactory mapEventListenerFactory(
      ConfigurableListableBeanFactory beanFactory) {
    return new MapEventListenerFactory(beanFactory);
  }

  @Bean
  EventLifecycle mapEventLifecycle(
      ConfigurableListableBeanFactory beanFactory,
      ApplicationContext context,
      ReplicatedMaps maps,
      MapEventListenerFactory methods) {
    ContextListeners listeners = new ContextListeners(context);
    return new EventLifecycle(
        new MapEventPublisher(beanFactory, context, listeners, methods),
        new NodeEventPublisher(maps, context, listeners));
  }
}
