package io.p2pmap.spring.cache;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Caches of Spring's cache abstraction that all nodes share.
 *
 * @param enabled Whether to create a cache manager whose caches are replicated maps.
 * @param allowNullValues Whether to cache that there is no value.
 * @param timeToLive Time to live of entries of caches that have none of their own. They live until
 *     they are evicted if not set.
 * @param caches Caches, by name. Each is kept in the map 'cache.' and its name.
 */
@ConfigurationProperties("p2pmap.cache")
public record P2pMapCacheProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("true") boolean allowNullValues,
    @Nullable Duration timeToLive,
    @DefaultValue Map<String, CacheProperties> caches) {

  public P2pMapCacheProperties {
    caches = Map.copyOf(caches);
  }
}
