package io.p2pmap.spring.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Reads configuration as Spring Boot reads application.yml. */
final class Yaml {

  private Yaml() {}

  static PropertySource<?> source(String yaml) {
    ByteArrayResource file =
        new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public String toString() {
            return "config.yml";
          }

          @Override
          public String getDescription() {
            return toString();
          }
        };
    try {
      return new YamlPropertySourceLoader().load("config.yml", file).get(0);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }
}
