package io.p2pmap.spring.actuate;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/** Auto-configuration of the Actuator endpoint {@code p2pmap}. */
@AutoConfiguration(after = P2pMapAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(ReplicatedMaps.class)
@ConditionalOnAvailableEndpoint(P2pMapEndpoint.class)
@EnableConfigurationProperties(P2pMapEndpointProperties.class)
public final class P2pMapEndpointAutoConfiguration {

  @Bean
  P2pMapEndpoint p2pmapEndpoint(
      ReplicatedMaps maps,
      P2pMapEndpointProperties properties,
      ObjectProvider<JacksonModule> jacksonModules) {
    JsonMapper mapper =
        JsonMapper.builder().addModules(jacksonModules.orderedStream().toList()).build();
    return new P2pMapEndpoint(maps, new MapContents(mapper), properties.showValues());
  }

  @Bean
  @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
  P2pMapEndpointWebExtension p2pmapEndpointWebExtension(
      P2pMapEndpoint endpoint, P2pMapEndpointProperties properties) {
    return new P2pMapEndpointWebExtension(endpoint, properties.showValues(), properties.roles());
  }
}
