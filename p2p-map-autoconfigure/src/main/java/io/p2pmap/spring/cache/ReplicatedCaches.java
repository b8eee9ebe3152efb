package io.p2pmap.spring.cache;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/** The caches that the properties declare. There are no others: a cache needs its types. */
final class ReplicatedCaches implements CacheManager {

  private final Map<String, Cache> caches = new LinkedHashMap<>();

  ReplicatedCaches(Collection<ReplicatedCache> caches) {
    caches.forEach(cache -> this.caches.put(cache.getName(), cache));
  }

  @Override
  public @Nullable Cache getCache(String name) {
    return caches.get(name);
  }

  @Override
  public Collection<String> getCacheNames() {
    return caches.keySet();
  }
}
