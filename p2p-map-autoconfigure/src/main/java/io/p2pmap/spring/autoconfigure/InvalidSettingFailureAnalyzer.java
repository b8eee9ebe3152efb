package io.p2pmap.spring.autoconfigure;

import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Reports a wrong property, with the place it was read from. */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

  private final Environment environment;

  InvalidSettingFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
    String description = cause.getMessage() + source(cause.property());
    return new FailureAnalysis(description, cause.action(), cause);
  }

  private String source(@Nullable String property) {
    if (property == null) {
      return "";
    }
    ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
    return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
        .map(source -> source.getConfigurationProperty(name))
        .filter(Objects::nonNull)
        .findFirst()
        .map(InvalidSettingFailureAnalyzer::origin)
        .orElse("");
  }

  private static String origin(ConfigurationProperty property) {
    Origin origin = property.getOrigin();
    return origin == null ? "" : " It is '%s' in %s.".formatted(property.getValue(), origin);
  }
}
