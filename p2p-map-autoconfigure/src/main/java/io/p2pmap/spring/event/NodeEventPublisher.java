package io.p2pmap.spring.event;

import io.p2pmap.NodeEvent;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.Subscription;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.ResolvableType;

/** Publishes what happens to the node as application events, if anybody hears them. */
final class NodeEventPublisher {

  private static final List<ResolvableType> TYPES =
      Stream.of(
              NodeEvent.MembersChanged.class,
              NodeEvent.MapSynchronized.class,
              NodeEvent.MapDegraded.class,
              NodeEvent.MapHealed.class,
              NodeEvent.DivergenceRepaired.class)
          .map(type -> ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, type))
          .toList();

  private final ReplicatedMaps maps;
  private final ApplicationEventPublisher publisher;
  private final ContextListeners contextListeners;

  NodeEventPublisher(
      ReplicatedMaps maps, ApplicationEventPublisher publisher, ContextListeners contextListeners) {
    this.maps = maps;
    this.publisher = publisher;
    this.contextListeners = contextListeners;
  }

  List<Subscription> subscribe() {
    return contextListeners.hear(TYPES, maps)
        ? List.of(
            maps.subscribe(
                event -> publisher.publishEvent(new PayloadApplicationEvent<>(maps, event))))
        : List.of();
  }
}
