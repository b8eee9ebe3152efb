package io.p2pmap.spring.cache;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.context.annotation.Bean;

/** Auto-configuration that makes Boot bind meters to replicated caches. */
@AutoConfiguration(
    beforeName =
        "org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration")
@ConditionalOnClass({CacheMeterBinderProvider.class, MeterRegistry.class})
@ConditionalOnBooleanProperty("p2pmap.cache.enabled")
public final class P2pMapCacheMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "replicatedCacheMeterBinderProvider")
  CacheMeterBinderProvider<ReplicatedCache> replicatedCacheMeterBinderProvider() {
    return ReplicatedCacheMeters::new;
  }
}
