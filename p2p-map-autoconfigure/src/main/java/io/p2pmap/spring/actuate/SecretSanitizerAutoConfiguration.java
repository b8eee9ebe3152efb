package io.p2pmap.spring.actuate;

import java.util.Locale;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that keeps the secrets of the cluster out of the endpoints {@code env} and
 * {@code configprops}, also where these show values.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class SecretSanitizerAutoConfiguration {

  @Bean
  SanitizingFunction p2pMapSecretSanitizingFunction() {
    return data -> isSecret(data.getKey()) ? data.withSanitizedValue() : data;
  }

  /** In any spelling that Spring Boot binds, of environment variables too. */
  private static boolean isSecret(String key) {
    String letters = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return letters.contains("p2pmapsecuritysharedsecret")
        || letters.contains("p2pmapsecurityacceptedsecrets");
  }
}
