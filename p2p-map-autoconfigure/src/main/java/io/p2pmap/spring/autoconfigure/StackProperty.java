package io.p2pmap.spring.autoconfigure;

import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;

/** The property {@code p2pmap.jgroups.config}, and those that it makes void. */
final class StackProperty {

  private static final String PROPERTY = "p2pmap.jgroups.config";

  private final P2pMapProperties properties;
  private final Environment environment;

  StackProperty(P2pMapProperties properties, Environment environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /** Where the user's JGroups configuration is, if there is one. */
  Optional<URL> location() {
    Resource config = properties.jgroups().config();
    if (config == null) {
      return Optional.empty();
    }
    requireNothingVoid();
    try {
      if (config.exists()) {
        return Optional.of(config.getURL());
      }
    } catch (IOException ex) {
      throw unreadable(config, ex);
    }
    throw unreadable(config, null);
  }

  private void requireNothingVoid() {
    List<String> voided =
        Stream.of(
                "p2pmap.bind-address",
                "p2pmap.bind-port",
                "p2pmap.port-range",
                "p2pmap.discovery.type",
                "p2pmap.security.shared-secret",
                "p2pmap.security.ssl-bundle")
            .filter(environment::containsProperty)
            .toList();
    if (!voided.isEmpty()) {
      throw new InvalidSettingException(
          "Property '%s' replaces the whole stack, so that these have no effect: %s."
              .formatted(PROPERTY, String.join(", ", voided)),
          "Say it in the JGroups configuration, and remove them.");
    }
  }

  private static InvalidSettingException unreadable(Resource config, @Nullable IOException cause) {
    return new InvalidSettingException(
        PROPERTY,
        "%s of property '%s' can't be read.".formatted(config.getDescription(), PROPERTY),
        "Name an XML file as 'file:…', 'classpath:…', or a URL.",
        cause);
  }
}
