package io.p2pmap.spring.cache;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import org.jspecify.annotations.Nullable;

/** Meters of a cache, as Micrometer has them for every cache. */
final class ReplicatedCacheMeters extends CacheMeterBinder<ReplicatedCache> {

  ReplicatedCacheMeters(ReplicatedCache cache, Iterable<Tag> tags) {
    super(cache, cache.getName(), tags);
  }

  @Override
  protected @Nullable Long size() {
    ReplicatedCache cache = getCache();
    return cache == null ? null : (long) cache.getNativeCache().size();
  }

  @Override
  protected long hitCount() {
    ReplicatedCache cache = getCache();
    return cache == null ? 0 : cache.hits();
  }

  @Override
  protected @Nullable Long missCount() {
    ReplicatedCache cache = getCache();
    return cache == null ? null : cache.misses();
  }

  @Override
  protected @Nullable Long evictionCount() {
    ReplicatedCache cache = getCache();
    return cache == null ? null : cache.evictions();
  }

  @Override
  protected long putCount() {
    ReplicatedCache cache = getCache();
    return cache == null ? 0 : cache.puts();
  }

  @Override
  protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
    // What there is to know of the map, its own meters tell.
  }
}
