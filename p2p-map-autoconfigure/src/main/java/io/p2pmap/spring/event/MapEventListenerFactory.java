package io.p2pmap.spring.event;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListenerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;

/**
 * Makes listeners of the methods with {@link MapEventListener}, and remembers them for their
 * subscriptions. Threading: any thread.
 */
final class MapEventListenerFactory implements EventListenerFactory, Ordered {

  private final ConfigurableBeanFactory beanFactory;
  private final List<MapEventListenerMethod> listeners = new CopyOnWriteArrayList<>();

  MapEventListenerFactory(ConfigurableBeanFactory beanFactory) {
    this.beanFactory = beanFactory;
  }

  /** Before Spring's default, which takes every method. */
  @Override
  public int getOrder() {
    return 0;
  }

  @Override
  public boolean supportsMethod(Method method) {
    return AnnotatedElementUtils.hasAnnotation(method, MapEventListener.class);
  }

  @Override
  public ApplicationListener<?> createApplicationListener(
      String beanName, Class<?> type, Method method) {
    // Behind a proxy this is the method of an interface; the annotation is at the one of the class.
    Method declared = AopUtils.getMostSpecificMethod(method, type);
    MapEventListener annotation =
        Objects.requireNonNull(
            AnnotatedElementUtils.findMergedAnnotation(declared, MapEventListener.class));
    boolean isOrdered = AnnotatedElementUtils.hasAnnotation(declared, Order.class);
    MapEventListenerMethod listener =
        new MapEventListenerMethod(beanName, type, method, names(annotation), isOrdered);
    listeners.add(listener);
    return listener;
  }

  private Set<String> names(MapEventListener annotation) {
    return Arrays.stream(annotation.value())
        .map(name -> String.valueOf(beanFactory.resolveEmbeddedValue(name)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Every listener that was made. */
  List<MapEventListenerMethod> listeners() {
    return List.copyOf(listeners);
  }
}
