package io.p2pmap.spring.event;

import io.p2pmap.MapEvent;
import io.p2pmap.Replay;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.Subscription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Subscribes the application's listeners to the map beans. Each method with {@link
 * MapEventListener} has a subscription of its own, those with an order share one, and plain
 * listeners share the one through which the context publishes. Nobody is subscribed for nobody.
 *
 * <p>Threading: the thread that starts and stops the context.
 */
final class MapEventPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(MapEventPublisher.class);

  private final ConfigurableListableBeanFactory beanFactory;
  private final ApplicationEventPublisher publisher;
  private final ContextListeners contextListeners;
  private final MapEventListenerFactory methods;

  MapEventPublisher(
      ConfigurableListableBeanFactory beanFactory,
      ApplicationEventPublisher publisher,
      ContextListeners contextListeners,
      MapEventListenerFactory methods) {
    this.beanFactory = beanFactory;
    this.publisher = publisher;
    this.contextListeners = contextListeners;
    this.methods = methods;
  }

  /**
   * Subscribes, beginning with what the maps hold.
   *
   * @throws InvalidListenerException if a method could never be called
   */
  List<Subscription> subscribeAll() {
    Set<MapBean> maps = new LinkedHashSet<>(MapBean.findAll(beanFactory));
    methods.listeners().forEach(method -> check(method, maps));
    List<Subscription> subscriptions = new ArrayList<>();
    for (MapBean bean : maps) {
      deliveries(bean).forEach(to -> subscriptions.add(subscribe(bean.map(), bean.types(), to)));
    }
    return subscriptions;
  }

  /** One for each that must not wait for the others. */
  private List<Consumer<PayloadApplicationEvent<?>>> deliveries(MapBean bean) {
    List<Consumer<PayloadApplicationEvent<?>>> deliveries = new ArrayList<>();
    List<MapEventListenerMethod> ordered = new ArrayList<>();
    for (MapEventListenerMethod method : methods.listeners()) {
      if (method.concerns(bean.name()) && method.accepts(bean.types())) {
        if (method.isOrdered()) {
          ordered.add(method);
        } else {
          deliveries.add(method::onApplicationEvent);
        }
      }
    }
    if (!ordered.isEmpty()) {
      ordered.sort(Comparator.comparingInt(MapEventListenerMethod::getOrder));
      deliveries.add(event -> ordered.forEach(method -> deliver(event, method)));
    }
    if (contextListeners.hear(bean.types().applicationEvents(), bean.map())) {
      deliveries.add(publisher::publishEvent);
    }
    return deliveries;
  }

  /** One that fails does not keep the event from those behind it. */
  private static void deliver(PayloadApplicationEvent<?> event, MapEventListenerMethod method) {
    try {
      method.onApplicationEvent(event);
    } catch (RuntimeException ex) {
      LOG.warn("{} failed at {}; the listeners behind it go on", method, event.getPayload(), ex);
    }
  }

  private static <K, V> Subscription subscribe(
      ReplicatedMap<K, V> map,
      MapEventTypes types,
      Consumer<? super PayloadApplicationEvent<MapEvent<K, V>>> listener) {
    return map.subscribe(
        event -> listener.accept(types.applicationEvent(map, event)), Replay.CURRENT_ENTRIES);
  }

  private static void check(MapEventListenerMethod method, Set<MapBean> maps) {
    Set<String> known = maps.stream().map(MapBean::name).collect(Collectors.toSet());
    for (String name : new TreeSet<>(method.mapNames())) {
      if (!known.contains(name)) {
        throw new InvalidListenerException(
            "Method '%s' listens to map '%s', which is not a bean.".formatted(method, name),
            known.isEmpty()
                ? "Declare the map; there is none."
                : "Declare the map, or name one of those there are: %s."
                    .formatted(String.join(", ", new TreeSet<>(known))));
      }
    }
    maps.stream()
        .filter(bean -> method.mapNames().contains(bean.name()) && bean.types().areKnown())
        .filter(bean -> !method.accepts(bean.types()))
        .findFirst()
        .ifPresent(
            bean -> {
              throw new InvalidListenerException(
                  "Method '%s' listens to map '%s', but not to events of its types."
                      .formatted(method, bean.name()),
                  "Give it a parameter of type %s, %s, or MapEvent of the same."
                      .formatted(bean.types().put(), bean.types().removed()));
            });
  }
}
