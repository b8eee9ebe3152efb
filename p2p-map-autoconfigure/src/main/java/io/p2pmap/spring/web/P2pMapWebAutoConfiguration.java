package io.p2pmap.spring.web;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.OncePerRequestFilter;

/** Auto-configuration of the filter that lets a web client read its own writes on every node. */
@AutoConfiguration(after = P2pMapAutoConfiguration.class)
@ConditionalOnClass({Filter.class, OncePerRequestFilter.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty("p2pmap.web.session-consistency")
@ConditionalOnBean(ReplicatedMaps.class)
@EnableConfigurationProperties(P2pMapWebProperties.class)
public final class P2pMapWebAutoConfiguration {

  /** Behind Spring Security's chain, which is at -100: who is turned away there does not wait. */
  private static final int ORDER = -90;

  @Bean
  @ConditionalOnMissingBean(name = "p2pMapSessionConsistencyFilter")
  FilterRegistrationBean<SessionConsistencyFilter> p2pMapSessionConsistencyFilter(
      ReplicatedMaps replicatedMaps, P2pMapWebProperties properties) {
    FilterRegistrationBean<SessionConsistencyFilter> registration =
        new FilterRegistrationBean<>(
            new SessionConsistencyFilter(replicatedMaps, properties.token()));
    registration.setOrder(ORDER);
    return registration;
  }
}
