package io.p2pmap.spring.cache;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import io.p2pmap.spring.autoconfigure.TypeNames;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of a cache manager whose caches are replicated maps. */
@AutoConfiguration(
    after = P2pMapAutoConfiguration.class,
    beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnBooleanProperty("p2pmap.cache.enabled")
@ConditionalOnBean({CacheAspectSupport.class, ReplicatedMaps.class})
@ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
@EnableConfigurationProperties(P2pMapCacheProperties.class)
public final class P2pMapCacheAutoConfiguration {

  @Bean
  CacheManager cacheManager(
      P2pMapCacheProperties properties,
      ReplicatedMaps replicatedMaps,
      ConfigurableListableBeanFactory beanFactory) {
    TypeNames typeNames =
        new TypeNames(
            Objects.requireNonNullElseGet(
                beanFactory.getBeanClassLoader(), ClassLoader::getSystemClassLoader));
    List<ReplicatedCache> caches =
        properties.caches().entrySet().stream()
            .map(
                cache ->
                    DeclaredCache.of(
                        cache.getKey(), cache.getValue(), properties.timeToLive(), typeNames))
            .map(cache -> cache.open(replicatedMaps, properties.allowNullValues()))
            .toList();
    return new ReplicatedCaches(caches);
  }

  /** Spring has no other place for the key generator that all cached methods use. */
  @Bean
  @ConditionalOnMissingBean
  static CachingConfigurer p2pMapCachingConfigurer() {
    return new CachingConfigurer() {
      @Override
      public KeyGenerator keyGenerator() {
        return new ParameterKeyGenerator();
      }
    };
  }
}
