package io.p2pmap.spring.actuate;

import java.util.Set;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the endpoint.
 *
 * @param showValues When to show values unmasked.
 * @param roles Roles of which a user needs one to be authorized to see values unmasked. All
 *     authenticated users are authorized if empty.
 */
@ConfigurationProperties("management.endpoint.p2pmap")
record P2pMapEndpointProperties(
    @DefaultValue("never") Show showValues, @DefaultValue Set<String> roles) {}
