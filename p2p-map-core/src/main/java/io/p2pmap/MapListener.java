package io.p2pmap;

/**
 * Is told about the visible changes of a map, on a thread that belongs to its subscription.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
@FunctionalInterface
public interface MapListener<K, V> {

  /** Called after the change is readable; one call at a time. */
  void onEvent(MapEvent<K, V> event);
}
