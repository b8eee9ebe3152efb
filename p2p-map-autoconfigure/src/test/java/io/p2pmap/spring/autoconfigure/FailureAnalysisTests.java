package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.FailureAnalyses;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class FailureAnalysisTests {

  private final ApplicationContextRunner runner = TestContexts.runner();

  @Test
  void aMissingValueTypeIsNamed() {
    FailureAnalysis analysis =
        analyze(runner.withPropertyValues("p2pmap.maps.flags.persist=false"));
    assertThat(analysis.getDescription())
        .isEqualTo(
            "Map 'flags' has no type of values: property 'p2pmap.maps.flags.value-type' is"
                + " missing.");
    assertThat(analysis.getAction()).contains("java.lang.String", "p2pmap.maps[a.b].value-type");
  }

  @Test
  void aStorageFolderThatIsInUseIsNamed(@TempDir Path directory) {
    ApplicationContextRunner persistent =
        runner.withPropertyValues(
            "p2pmap.storage.directory=" + directory,
            "p2pmap.maps.texts.value-type=java.lang.String",
            "p2pmap.maps.texts.persist=true");
    persistent.run(
        first -> {
          assertThat(first).hasNotFailed();
          FailureAnalysis analysis = analyze(persistent);
          assertThat(analysis.getDescription()).contains("texts", directory.toString());
          assertThat(analysis.getAction()).contains("p2pmap.node-name");
        });
  }

  @Test
  void anUnknownValueTypeIsNamedWithItsProperty() {
    FailureAnalysis analysis =
        analyze(runner.withPropertyValues("p2pmap.maps[a.b].value-type=com.acme.Missing"));
    assertThat(analysis.getDescription())
        .isEqualTo(
            "Type 'com.acme.Missing' of property 'p2pmap.maps[a.b].value-type' could not be"
                + " found. It is 'com.acme.Missing' in \"p2pmap.maps[a.b].value-type\" from"
                + " property source \"test\".");
    assertThat(analysis.getAction()).contains("class path");
  }

  @Test
  void anUnknownTypeArgumentIsNamedWithItsProperty() {
    FailureAnalysis analysis =
        analyze(
            runner.withPropertyValues(
                "p2pmap.maps.flags.value-type=java.util.List<com.acme.Missing>"));
    assertThat(analysis.getDescription())
        .contains("java.util.List<com.acme.Missing>", "p2pmap.maps.flags.value-type");
  }

  @Test
  void anUnknownKeyTypeIsNamedWithItsProperty() {
    FailureAnalysis analysis =
        analyze(
            runner.withPropertyValues(
                TestContexts.FLAGS, "p2pmap.maps.flags.key-type=com.acme.Missing"));
    assertThat(analysis.getDescription())
        .startsWith("Type 'com.acme.Missing' of property 'p2pmap.maps.flags.key-type'");
  }

  @Test
  void anInvalidOptionOfAMapIsNamed() {
    FailureAnalysis analysis =
        analyze(
            runner.withPropertyValues(TestContexts.FLAGS, "p2pmap.maps.flags.scan-interval=0s"));
    assertThat(analysis.getDescription())
        .startsWith(
            "The value of property 'p2pmap.maps.flags.scan-interval' is invalid: it must be"
                + " positive, but is PT0S.");
  }

  @Test
  void anUnknownValidatorIsAnsweredByThoseThereAre() {
    FailureAnalysis analysis =
        analyze(
            runner
                .withUserConfiguration(Validators.class)
                .withPropertyValues(TestContexts.FLAGS, "p2pmap.maps.flags.validator=missing"));
    assertThat(analysis.getDescription())
        .isEqualTo(
            "Property 'p2pmap.maps.flags.validator' names 'missing', which is not a bean of type"
                + " java.util.function.Predicate, org.springframework.validation.Validator or"
                + " io.p2pmap.ValueValidator.");
    assertThat(analysis.getAction()).endsWith("one of those there are: first, second.");
  }

  @Test
  void aValidatorOfAnotherTypeIsRefused() {
    FailureAnalysis analysis =
        analyze(
            runner.withPropertyValues(
                TestContexts.FLAGS, "p2pmap.maps.flags.validator=replicatedMaps"));
    assertThat(analysis.getDescription()).contains("'replicatedMaps', which is not a bean of type");
    assertThat(analysis.getAction()).isEqualTo("Define such a bean; there is none of these types.");
  }

  @Test
  void aBeanOfAnotherKindWithTheNameOfAMapIsNamedWithItsSource() {
    FailureAnalysis analysis =
        analyze(
            runner.withUserConfiguration(OtherFlags.class).withPropertyValues(TestContexts.FLAGS));
    assertThat(analysis.getDescription())
        .startsWith(
            "Map 'flags' of property 'p2pmap.maps.flags' can't become a bean, because there is a"
                + " bean 'flags' of type "
                + FeatureFlag.class.getName()
                + ", defined in ")
        .contains(OtherFlags.class.getName());
    assertThat(analysis.getAction()).contains("Rename one of them", "MapSpec");
  }

  @Test
  void twoSpellingsOfOneNameAreBothNamed() {
    FailureAnalysis analysis =
        analyze(
            runner.withPropertyValues(
                "p2pmap.maps.feature-flags.value-type=java.lang.String",
                "p2pmap.maps.featureFlags.persist=false"));
    assertThat(analysis.getDescription())
        .contains("'p2pmap.maps.feature-flags'", "'p2pmap.maps.featureFlags'");
  }

  @Test
  void aMapThatIsOpenedWithOtherOptionsIsNamed() {
    FailureAnalysis analysis =
        analyze(
            runner.withUserConfiguration(SecondFlags.class).withPropertyValues(TestContexts.FLAGS));
    assertThat(analysis.getDescription()).contains("'flags'");
    assertThat(analysis.getAction()).contains("one place only", "'p2pmap.maps'");
  }

  @ParameterizedTest
  @CsvSource({
    "p2pmap.cluster-name, ' '",
    "p2pmap.node-name, ' '",
    "p2pmap.bind-port, 0",
    "p2pmap.bind-port, 65536",
    "p2pmap.bind-port, many",
    "p2pmap.port-range, -1",
    "p2pmap.port-range, 65535",
    "p2pmap.bind-address, 0.0.0.0",
    "p2pmap.discovery.type, telepathy",
    "p2pmap.security.allow-plaintext, perhaps",
    "p2pmap.sync.interval, 0s",
    "p2pmap.sync.interval, 5 parsecs",
    "p2pmap.sync.startup-timeout, -1s",
    "p2pmap.max-clock-drift, 0s",
    "p2pmap.storage.on-corruption, panic",
    "p2pmap.maps.flags.persist, perhaps",
    "p2pmap.maps.flags.prune-on-peer-down, perhaps",
    "p2pmap.maps.flags.tombstone-ttl, 0s",
    "p2pmap.maps.flags.scan-interval, -1s",
    "p2pmap.maps.flags.time-to-live, 0s",
    "p2pmap.maps.flags.time-to-live, soon",
    "p2pmap.maps.flags.max-value-size, 0B",
    "p2pmap.maps.flags.max-value-size, -1B",
    "p2pmap.maps.flags.max-value-size, 3GB",
    "p2pmap.maps.flags.max-value-size, huge"
  })
  void aWrongValueIsNamedWithItsProperty(String property, String value) {
    FailureAnalysis analysis =
        analyze(runner.withPropertyValues(TestContexts.FLAGS, property + "=" + value));
    assertThat(analysis.getDescription()).contains(property);
    assertThat(analysis.getDescription()).contains(value.strip());
  }

  @Test
  void aWrongValueIsNamedWithThePlaceItComesFrom() {
    FailureAnalysis analysis = analyze(withYaml("p2pmap:\n  sync:\n    interval: 0s\n"));
    assertThat(analysis.getDescription())
        .startsWith("The value of property 'p2pmap.sync.interval' is invalid")
        .endsWith("It is '0s' in config.yml - 3:15.");
  }

  @Test
  void anUnknownPropertyOfAMapIsNamedWithThoseThereAre() {
    FailureAnalysis analysis =
        analyze(
            withYaml(
                """
                p2pmap:
                  maps:
                    flags:
                      value-type: java.lang.String
                      persits: true
                """));
    assertThat(analysis.getDescription())
        .isEqualTo("There is no property 'p2pmap.maps.flags.persits' (config.yml - 5:16).");
    assertThat(analysis.getAction()).contains("key-type, value-type, persist,");
  }

  @Test
  void anUnknownPropertyOfASystemPropertyIsNoticed() {
    FailureAnalysis analysis =
        analyze(runner.withSystemProperties("p2pmap.maps.flags.persits=true"));
    assertThat(analysis.getDescription()).contains("'p2pmap.maps.flags.persits'");
  }

  @Test
  void aNameWithDotsOutsideBracketsIsAnsweredByHowToWriteIt() {
    FailureAnalysis analysis =
        analyze(runner.withPropertyValues("p2pmap.maps.shop.flags.value-type=java.lang.String"));
    assertThat(analysis.getDescription()).contains("'p2pmap.maps.shop.flags.value-type'");
    assertThat(analysis.getAction()).contains("brackets", "p2pmap.maps[a.b].value-type");
  }

  @Test
  void anUnknownPropertyInTheEnvironmentIsNoMistake() {
    runner
        .withPropertyValues(TestContexts.FLAGS)
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new SystemEnvironmentPropertySource(
                            "systemEnvironment", Map.of("P2PMAP_MAPS_FLAGS_OWNER", "team"))))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void aPersistedPresenceMapIsRefused() {
    FailureAnalysis analysis =
        analyze(
            runner.withPropertyValues(
                TestContexts.FLAGS,
                "p2pmap.maps.flags.persist=true",
                "p2pmap.maps.flags.prune-on-peer-down=true"));
    assertThat(analysis.getDescription())
        .contains("p2pmap.maps.flags.persist", "p2pmap.maps.flags.prune-on-peer-down");
  }

  @Test
  void aReachableAddressWithoutSecurityIsRefused() {
    FailureAnalysis analysis = analyze(runner.withPropertyValues("p2pmap.bind-address=192.0.2.1"));
    assertThat(analysis.getDescription()).contains("192.0.2.1", "not secured");
    assertThat(analysis.getAction())
        .contains(
            "openssl rand -base64 32",
            "'p2pmap.security.shared-secret'",
            "'p2pmap.security.ssl-bundle'",
            "'p2pmap.bind-address'",
            "'p2pmap.security.allow-plaintext'");
  }

  @Test
  void anExhaustedPortRangeIsNamed() throws Exception {
    int port = TestContexts.freePort();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      FailureAnalysis analysis =
          analyze(
              runner.withPropertyValues(
                  "p2pmap.bind-port=" + taken.getLocalPort(), "p2pmap.port-range=0"));
      assertThat(analysis.getDescription()).contains(String.valueOf(port));
      assertThat(analysis.getAction()).contains("'p2pmap.bind-port'", "'p2pmap.port-range'");
    }
  }

  @Test
  void staticDiscoveryWithoutAMemberIsRefused() {
    FailureAnalysis analysis = analyze(runner.withPropertyValues("p2pmap.discovery.type=static"));
    assertThat(analysis.getDescription())
        .contains("'p2pmap.discovery.type'", "'p2pmap.discovery.static.members' is empty");
  }

  private ApplicationContextRunner withYaml(String yaml) {
    return runner.withInitializer(
        context -> context.getEnvironment().getPropertySources().addFirst(Yaml.source(yaml)));
  }

  /** What Spring Boot would print. */
  static FailureAnalysis analyze(ApplicationContextRunner runner) {
    AtomicReference<Environment> environment = new AtomicReference<>();
    AtomicReference<FailureAnalysis> analysis = new AtomicReference<>();
    runner
        .withInitializer(context -> environment.set(context.getEnvironment()))
        .run(
            context -> {
              assertThat(context).hasFailed();
              analysis.set(FailureAnalyses.of(context.getStartupFailure(), environment.get()));
            });
    return analysis.get();
  }

  @Configuration(proxyBeanMethods = false)
  static class Validators {

    @Bean
    Predicate<FeatureFlag> first() {
      return flag -> true;
    }

    @Bean
    Predicate<FeatureFlag> second() {
      return flag -> true;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OtherFlags {

    @Bean
    FeatureFlag flags() {
      return FeatureFlag.on(1);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class SecondFlags {

    @Bean
    Object opener(ReplicatedMaps maps) {
      return maps.open(MapSpec.of("flags", String.class, String.class));
    }
  }
}
