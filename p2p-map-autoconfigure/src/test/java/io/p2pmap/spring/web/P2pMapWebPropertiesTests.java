package io.p2pmap.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.spring.FailureAnalyses;
import io.p2pmap.spring.TestContexts;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.Environment;

class P2pMapWebPropertiesTests {

  @ParameterizedTest
  @CsvSource({
    "name, a b",
    "name, a;b",
    "timeout, -1s",
    "timeout, soon",
    "max-age, 0s",
    "max-age, 999ms",
    "max-waiting, 0",
    "max-waiting, many",
    "carrier, pigeon"
  })
  void aWrongValueEndsTheStartAndIsNamedWithItsProperty(String property, String value) {
    String name = "p2pmap.web.token." + property;
    assertThat(analyze(name + "=" + value).getDescription()).contains(name);
  }

  private static FailureAnalysis analyze(String property) {
    AtomicReference<Environment> environment = new AtomicReference<>();
    AtomicReference<FailureAnalysis> analysis = new AtomicReference<>();
    new WebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(P2pMapAutoConfiguration.class, P2pMapWebAutoConfiguration.class))
        .withInitializer(
            context -> {
              context.getEnvironment().setConversionService(new ApplicationConversionService());
              environment.set(context.getEnvironment());
            })
        .withPropertyValues(TestContexts.nodeProperties())
        .withPropertyValues("p2pmap.web.session-consistency=true", property)
        .run(
            context -> {
              assertThat(context).hasFailed();
              analysis.set(FailureAnalyses.of(context.getStartupFailure(), environment.get()));
            });
    return analysis.get();
  }
}
