package io.p2pmap.spring.autoconfigure;

import io.p2pmap.ReplicatedMaps;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JacksonModule;

/** Auto-configuration of this node, its lifecycle, and the maps that the properties declare. */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "p2pmap.enabled", matchIfMissing = true)
@EnableConfigurationProperties(P2pMapProperties.class)
public final class P2pMapAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ReplicatedMaps replicatedMaps(
      P2pMapProperties properties,
      Environment environment,
      ConfigurableListableBeanFactory beanFactory,
      ObjectProvider<JacksonModule> jacksonModules,
      ObjectProvider<SslBundles> sslBundles,
      ObjectProvider<ReplicatedMapsCustomizer> customizers) {
    ReplicatedMaps.Builder builder =
        properties.toBuilder(defaultClusterName(environment))
            .jacksonModules(jacksonModules.orderedStream().toList())
            .classLoader(classLoader(beanFactory));
    new StackProperty(properties, environment).location().ifPresent(builder::jgroupsConfig);
    new DiscoveryPresets(properties, beanFactory, environment)
        .create()
        .ifPresent(builder::discovery);
    SecuritySettings.of(properties.security(), sslBundles.getIfAvailable())
        .ifPresent(builder::security);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return build(builder);
  }

  @Bean
  ReplicatedMapsLifecycle replicatedMapsLifecycle(ReplicatedMaps replicatedMaps) {
    return new ReplicatedMapsLifecycle(replicatedMaps);
  }

  @Bean
  static MapBeanRegistrar replicatedMapBeanRegistrar(
      Environment environment, ConfigurableListableBeanFactory beanFactory) {
    return new MapBeanRegistrar(environment, beanFactory, classLoader(beanFactory));
  }

  private static ReplicatedMaps build(ReplicatedMaps.Builder builder) {
    try {
      return builder.build();
    } catch (IllegalArgumentException ex) {
      throw new InvalidSettingException(
          null,
          "A property under 'p2pmap' is invalid: %s".formatted(ex.getMessage()),
          "Correct the property.",
          ex);
    }
  }

  private static String defaultClusterName(Environment environment) {
    String name = environment.getProperty("spring.application.name");
    return StringUtils.hasText(name) ? name : "p2pmap";
  }

  /** The application's loader, which with DevTools is not the one that loaded this class. */
  private static ClassLoader classLoader(ConfigurableListableBeanFactory beanFactory) {
    return Objects.requireNonNullElseGet(
        beanFactory.getBeanClassLoader(), ClassLoader::getSystemClassLoader);
  }
}
