package io.p2pmap.spring.event;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/** Who hears what is published in a context: its listeners, and those of its parents. */
record ContextListeners(ApplicationContext context) {

  /** Whether anybody hears an event of one of {@code eventTypes} from {@code source}. */
  boolean hear(List<ResolvableType> eventTypes, Object source) {
    return contexts()
        .anyMatch(
            each ->
                !(each instanceof AbstractApplicationContext known)
                    || hears(known, eventTypes, source.getClass()));
  }

  private Stream<ApplicationContext> contexts() {
    return Stream.iterate(context, each -> each != null, ApplicationContext::getParent);
  }

  private static boolean hears(
      AbstractApplicationContext context, List<ResolvableType> types, Class<?> source) {
    return context.getApplicationListeners().stream()
            .map(ContextListeners::generic)
            .anyMatch(
                listener ->
                    listener.supportsSourceType(source)
                        && types.stream().anyMatch(listener::supportsEventType))
        || lazyListeners(context.getBeanFactory())
            .anyMatch(declared -> types.stream().anyMatch(declared::isAssignableFrom));
  }

  private static GenericApplicationListener generic(ApplicationListener<?> listener) {
    return listener instanceof GenericApplicationListener generic
        ? generic
        : new GenericApplicationListenerAdapter(listener);
  }

  /** Event types of listener beans that are created when their first event comes. */
  private static Stream<ResolvableType> lazyListeners(ConfigurableListableBeanFactory factory) {
    return Arrays.stream(factory.getBeanNamesForType(ApplicationListener.class, true, false))
        .filter(name -> !factory.containsSingleton(name))
        .map(name -> eventType(factory.getType(name, false)));
  }

  private static ResolvableType eventType(@Nullable Class<?> listener) {
    return ResolvableType.forClass(listener).as(ApplicationListener.class).getGeneric();
  }
}
