package io.p2pmap.spring.event;

import io.p2pmap.Replay;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.ResolvableType;

/**
 * Publishes the changes of every map bean as application events, on the thread of the map's
 * subscription, so that listeners of one map never delay another map.
 *
 * <p>It subscribes when all listeners are registered and before the node joins the cluster, and
 * publishes what a map holds by then, from disk or from code that ran earlier; so nothing is
 * missed. It ends after the node has left and before any bean is destroyed.
 *
 * <p>Threading: the thread that starts and stops the context.
 */
final class MapEventPublisher implements SmartLifecycle {

  /** Directly before the start of the node and after its end. */
  static final int PHASE = DEFAULT_PHASE - 4097;

  private final ConfigurableListableBeanFactory beanFactory;
  private final ApplicationEventPublisher publisher;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private volatile boolean running;

  MapEventPublisher(
      ConfigurableListableBeanFactory beanFactory, ApplicationEventPublisher publisher) {
    this.beanFactory = beanFactory;
    this.publisher = publisher;
  }

  @Override
  public void start() {
    running = true;
    for (String bean : beanFactory.getBeanNamesForType(ReplicatedMap.class, false, true)) {
      ReplicatedMap<?, ?> map = beanFactory.getBean(bean, ReplicatedMap.class);
      subscriptions.add(subscribe(map, typeOf(bean)));
    }
  }

  @Override
  public void stop() {
    running = false;
    subscriptions.forEach(Subscription::close);
    subscriptions.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** False, as the node itself, which goes on in a paused context. */
  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  private <K, V> Subscription subscribe(ReplicatedMap<K, V> map, ResolvableType type) {
    MapEventTypes types = MapEventTypes.of(type);
    return map.subscribe(
        event -> {
          if (running) {
            publisher.publishEvent(types.applicationEvent(map, event));
          }
        },
        Replay.CURRENT_ENTRIES);
  }

  /** The bean's type as declared, because the object itself has no type arguments. */
  private ResolvableType typeOf(String bean) {
    if (!beanFactory.containsBeanDefinition(bean)) {
      return ResolvableType.forClass(ReplicatedMap.class);
    }
    BeanDefinition definition = beanFactory.getMergedBeanDefinition(bean);
    return definition.getResolvableType().as(ReplicatedMap.class);
  }
}
