package io.p2pmap.spring.event;

import io.p2pmap.MapEvent;
import io.p2pmap.ReplicatedMap;
import java.util.List;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.ResolvableType;

/** Types of a map's events with its type arguments, by which Spring chooses the listeners. */
record MapEventTypes(ResolvableType put, ResolvableType removed) {

  /** Types for a map of type {@code mapType}, a {@link ReplicatedMap} with type arguments. */
  static MapEventTypes of(ResolvableType mapType) {
    ResolvableType key = mapType.getGeneric(0);
    ResolvableType value = mapType.getGeneric(1);
    return new MapEventTypes(
        ResolvableType.forClassWithGenerics(MapEvent.Put.class, key, value),
        ResolvableType.forClassWithGenerics(MapEvent.Removed.class, key, value));
  }

  /** False if the map was declared without type arguments. */
  boolean areKnown() {
    return !put.hasUnresolvableGenerics();
  }

  /** Types of the application events. */
  List<ResolvableType> applicationEvents() {
    return List.of(
        ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, put),
        ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, removed));
  }

  <K, V> PayloadApplicationEvent<MapEvent<K, V>> applicationEvent(
      ReplicatedMap<K, V> source, MapEvent<K, V> event) {
    ResolvableType type = event instanceof MapEvent.Put<K, V> ? put : removed;
    return new PayloadApplicationEvent<>(source, event, type);
  }
}
