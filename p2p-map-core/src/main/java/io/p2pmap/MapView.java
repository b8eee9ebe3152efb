package io.p2pmap;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A live read-only {@link Map} over a replicated map; iteration is weakly consistent. */
final class MapView<K, V> extends AbstractMap<K, V> {

  private final OpenMap<K, V> map;

  MapView(OpenMap<K, V> map) {
    this.map = map;
  }

  @Override
  @SuppressWarnings("unchecked") // a key of another type equals none
  public @Nullable V get(@Nullable Object key) {
    return key == null ? null : map.get((K) key);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return new VisibleEntries<>(map);
      }

      @Override
      public int size() {
        return map.size();
      }
    };
  }
}
