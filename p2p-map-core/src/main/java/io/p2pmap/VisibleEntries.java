package io.p2pmap;

import io.p2pmap.internal.crdt.Entry;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Walks through what readers see of a map. Threading: one thread; weakly consistent. */
final class VisibleEntries<K, V> implements Iterator<Map.Entry<K, V>> {

  private final OpenMap<K, V> map;
  private final Iterator<Entry<Object>> entries;
  private Map.@Nullable Entry<K, V> next;

  VisibleEntries(OpenMap<K, V> map) {
    this.map = map;
    this.entries = map.liveEntries().iterator();
  }

  @Override
  public boolean hasNext() {
    while (next == null && entries.hasNext()) {
      next = map.visible(entries.next());
    }
    return next != null;
  }

  @Override
  public Map.Entry<K, V> next() {
    Map.Entry<K, V> result = hasNext() ? next : null;
    if (result == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return result;
  }
}
