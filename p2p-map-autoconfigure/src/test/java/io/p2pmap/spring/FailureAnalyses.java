package io.p2pmap.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** What Spring Boot would print about a start that has failed. */
public final class FailureAnalyses {

  private FailureAnalyses() {}

  /** The answer of the one analyzer that has one. */
  public static FailureAnalysis of(Throwable failure, Environment environment) {
    List<FailureAnalysis> answers =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(
                FailureAnalyzer.class,
                ArgumentResolver.of(Environment.class, environment),
                (type, name, unusable) -> {})
            .stream()
            .map(analyzer -> analyzer.analyze(failure))
            .filter(Objects::nonNull)
            .toList();
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }
}
