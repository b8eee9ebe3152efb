package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.p2pmap.InvalidValueException;
import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class DeclaredMapBeanTests {

  private static final String FLAG = FeatureFlag.class.getName();

  private final ApplicationContextRunner runner = TestContexts.runner();

  @Test
  void aMapIsInjectedByItsGenericType() {
    runner
        .withPropertyValues(TestContexts.FLAGS, "p2pmap.maps.quotas.value-type=java.lang.Integer")
        .withBean(ByGenericType.class)
        .run(
            context ->
                assertThat(context.getBean(ByGenericType.class).names)
                    .containsExactly("flags", "quotas"));
  }

  @Test
  void aMapIsInjectedByQualifierOrParameterName() {
    runner
        .withPropertyValues(TestContexts.FLAGS, "p2pmap.maps.betas.value-type=" + FLAG)
        .withBean(ByName.class)
        .run(
            context ->
                assertThat(context.getBean(ByName.class).names).containsExactly("betas", "flags"));
  }

  @Test
  void aNameWithDashesIsInjectedByParameterNameInCamelCase() {
    runner
        .withPropertyValues(
            "p2pmap.maps.feature-flags.value-type=" + FLAG, "p2pmap.maps.betas.value-type=" + FLAG)
        .withBean(ByCamelCaseName.class)
        .run(
            context ->
                assertThat(context.getBean(ByCamelCaseName.class).name).isEqualTo("feature-flags"));
  }

  @Test
  void keyAndValueTypesMayHaveTypeArguments() {
    runner
        .withPropertyValues(
            "p2pmap.maps.rules.key-type=java.util.UUID",
            "p2pmap.maps.rules.value-type=java.util.Map<java.lang.String, java.util.List<"
                + FLAG
                + ">>")
        .withBean(WithTypeArguments.class)
        .run(
            context -> {
              ReplicatedMap<UUID, Map<String, List<FeatureFlag>>> rules =
                  context.getBean(WithTypeArguments.class).rules;
              UUID key = UUID.randomUUID();
              rules.put(key, Map.of("a", List.of(FeatureFlag.on(5))));
              assertThat(rules.get(key)).isEqualTo(Map.of("a", List.of(FeatureFlag.on(5))));
            });
  }

  @Test
  void aNestedClassMayBeWrittenWithADot() {
    runner
        .withPropertyValues("p2pmap.maps.nested.value-type=" + Nested.class.getCanonicalName())
        .run(context -> assertThat(context).hasBean("nested"));
  }

  @Test
  void aMapBeanOfTheApplicationWins() {
    runner
        .withPropertyValues(TestContexts.FLAGS)
        .withUserConfiguration(OwnFlags.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(ReplicatedMap.class);
              @SuppressWarnings("unchecked")
              ReplicatedMap<String, String> flags = context.getBean("flags", ReplicatedMap.class);
              flags.put("a", "a string, not a FeatureFlag");
              assertThat(flags.get("a")).isEqualTo("a string, not a FeatureFlag");
            });
  }

  @Test
  void anEnvironmentVariableOverridesAnyCaseOfTheName() {
    runner
        .withPropertyValues("p2pmap.maps.featureFlags.value-type=" + FLAG)
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new SystemEnvironmentPropertySource(
                            "systemEnvironment",
                            Map.of("P2PMAP_MAPS_FEATUREFLAGS_MAXVALUESIZE", "1B"))))
        .run(
            context -> {
              assertThat(context.getBean(ReplicatedMaps.class).names())
                  .containsExactly("featureFlags");
              @SuppressWarnings("unchecked")
              ReplicatedMap<String, FeatureFlag> flags =
                  context.getBean("featureFlags", ReplicatedMap.class);
              assertThatExceptionOfType(InvalidValueException.class)
                  .isThrownBy(() -> flags.put("a", FeatureFlag.on(1)));
            });
  }

  @Test
  void aNameWithDotsIsWrittenInBrackets() {
    runner
        .withPropertyValues(
            "p2pmap.maps[shop.flags].value-type=" + FLAG,
            "p2pmap.maps.shopflags.value-type=" + FLAG)
        .run(
            context ->
                assertThat(context.getBean(ReplicatedMaps.class).names())
                    .containsExactly("shop.flags", "shopflags"));
  }

  @Test
  void aNameWithDotsIsQuotedInBracketsInYaml() {
    runner
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        Yaml.source(
                            """
                            p2pmap:
                              maps:
                                "[shop.flags]":
                                  value-type: java.lang.String
                                  scan-interval: ${SHOP_SCAN:2s}
                            """)))
        .run(
            context -> {
              assertThat(context.getBean(ReplicatedMaps.class).names())
                  .containsExactly("shop.flags");
              assertThat(context).hasBean("shop.flags");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "flags, P2PMAP_MAPS_FLAGS_MAXVALUESIZE",
    "featureFlags, P2PMAP_MAPS_FEATUREFLAGS_MAXVALUESIZE",
    "feature-flags, P2PMAP_MAPS_FEATUREFLAGS_MAXVALUESIZE",
    "feature_flags, P2PMAP_MAPS_FEATUREFLAGS_MAXVALUESIZE"
  })
  void anEnvironmentVariableIsWrittenWithoutSeparators(String map, String variable) {
    runner
        .withPropertyValues("p2pmap.maps." + map + ".value-type=java.lang.String")
        .withInitializer(context -> environment(context, Map.of(variable, "1B")))
        .run(
            context -> {
              assertThat(context.getBean(ReplicatedMaps.class).names()).containsExactly(map);
              @SuppressWarnings("unchecked")
              ReplicatedMap<String, String> bean = context.getBean(map, ReplicatedMap.class);
              assertThatExceptionOfType(InvalidValueException.class)
                  .isThrownBy(() -> bean.put("a", "too long"));
            });
  }

  @Test
  void environmentVariablesAloneDeclareAMapInLowerCase() {
    runner
        .withInitializer(
            context ->
                environment(
                    context, Map.of("P2PMAP_MAPS_FEATUREFLAGS_VALUETYPE", "java.lang.String")))
        .run(
            context ->
                assertThat(context.getBean(ReplicatedMaps.class).names())
                    .containsExactly("featureflags"));
  }

  private static void environment(
      ConfigurableApplicationContext context, Map<String, Object> variables) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
  }

  @Test
  void theValidatorIsFoundByItsBeanName() {
    runner
        .withPropertyValues(TestContexts.FLAGS, "p2pmap.maps.flags.validator=rollout")
        .withUserConfiguration(Validators.class)
        .run(
            context -> {
              @SuppressWarnings("unchecked")
              ReplicatedMap<String, FeatureFlag> flags =
                  context.getBean("flags", ReplicatedMap.class);
              flags.put("good", FeatureFlag.on(100));
              assertThatExceptionOfType(InvalidValueException.class)
                  .isThrownBy(() -> flags.put("bad", FeatureFlag.on(101)));
              assertThat(flags.asMap()).containsOnlyKeys("good");
            });
  }

  @Test
  void theTimeToLiveOfTheMapIsTheOneOfItsEntries() {
    runner
        .withPropertyValues(TestContexts.FLAGS, "p2pmap.maps.flags.time-to-live=1h")
        .run(
            context -> {
              @SuppressWarnings("unchecked")
              ReplicatedMap<String, FeatureFlag> flags =
                  context.getBean("flags", ReplicatedMap.class);
              flags.put("a", FeatureFlag.on(1));
              assertThat(flags.entry("a").orElseThrow().expiresAt()).isNotNull();
            });
  }

  static final class ByGenericType {

    final List<String> names;

    ByGenericType(ReplicatedMap<String, FeatureFlag> x, ReplicatedMap<String, Integer> y) {
      names = List.of(x.name(), y.name());
    }
  }

  static final class ByName {

    final List<String> names;

    ByName(
        @Qualifier("betas") ReplicatedMap<String, FeatureFlag> x,
        ReplicatedMap<String, FeatureFlag> flags) {
      names = List.of(x.name(), flags.name());
    }
  }

  static final class ByCamelCaseName {

    final String name;

    ByCamelCaseName(ReplicatedMap<String, FeatureFlag> featureFlags) {
      name = featureFlags.name();
    }
  }

  static final class WithTypeArguments {

    final ReplicatedMap<UUID, Map<String, List<FeatureFlag>>> rules;

    WithTypeArguments(ReplicatedMap<UUID, Map<String, List<FeatureFlag>>> x) {
      rules = x;
    }
  }

  record Nested(String text) {}

  @Configuration(proxyBeanMethods = false)
  static class OwnFlags {

    @Bean
    ReplicatedMap<String, String> flags(ReplicatedMaps maps) {
      return maps.open(MapSpec.of("flags", String.class, String.class));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Validators {

    /** Depends on a bean of the application, so it can't exist before the others do. */
    @Bean
    Predicate<FeatureFlag> rollout(ObjectProvider<ReplicatedMaps> maps) {
      return flag -> maps.getObject() != null && flag.rolloutPercent() <= 100;
    }
  }
}
