package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class SpecifiedMapBeanTests {

  private final ApplicationContextRunner runner = TestContexts.runner();

  @Test
  void aMapIsInjectedByItsGenericTypeWhateverTheSpecIsCalled() {
    runner
        .withUserConfiguration(Flags.class, Quotas.class)
        .withBean(ByGenericType.class)
        .run(
            context ->
                assertThat(context.getBean(ByGenericType.class).names)
                    .containsExactly("flags", "quotas"));
  }

  @Test
  void aSpecThatIsNamedAsSuchGivesTheMapTheRestOfItsName() {
    runner
        .withUserConfiguration(TwoOfOneType.class)
        .withBean(ByName.class)
        .run(
            context -> {
              assertThat(context.getBean(ByName.class).names).containsExactly("betas", "alphas");
              assertThat(context.getBean("alphas")).isInstanceOf(ReplicatedMap.class);
            });
  }

  @Test
  void aSpecWithAnyOtherNameIsTheQualifierOfItsMap() {
    runner
        .withUserConfiguration(Flags.class, TwoOfOneType.class)
        .withBean(ByQualifier.class)
        .run(
            context -> {
              assertThat(context.getBean(ByQualifier.class).names)
                  .containsExactly("flags", "flags");
              assertThat(context.getBean("flags")).isInstanceOf(MapSpec.class);
            });
  }

  @Test
  void twoMapsOfOneTypeNeedAName() {
    runner
        .withUserConfiguration(TwoOfOneType.class)
        .withBean(ByAnyName.class)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class)
                    .hasStackTraceContaining("alphas")
                    .hasStackTraceContaining("betas"));
  }

  @Test
  void aSpecIsNotCreatedBeforeOtherBeansAreDefined() {
    runner
        .withUserConfiguration(CountedSpec.class)
        .run(
            context -> {
              assertThat(context.getBean("createdEarly", AtomicInteger.class)).hasValue(0);
              assertThat(context.getBean(ReplicatedMaps.class).names()).containsExactly("counted");
            });
  }

  @Test
  void optionsOfTheSpecHold() {
    runner
        .withUserConfiguration(Quotas.class)
        .run(
            context -> {
              @SuppressWarnings("unchecked")
              ReplicatedMap<String, Integer> quotas =
                  context.getBean("quotas", ReplicatedMap.class);
              quotas.put("disk", 7);
              assertThat(quotas.entry("disk").orElseThrow().expiresAt()).isNotNull();
            });
  }

  @Test
  void aMapBeanOfTheApplicationWins() {
    runner
        .withUserConfiguration(OwnQuotas.class)
        .run(
            context -> {
              assertThat(context).hasSingleBean(ReplicatedMap.class);
              assertThat(context.getBean(ReplicatedMaps.class).names()).containsExactly("mine");
            });
  }

  @Test
  void aSpecWinsOverPropertiesForABeanOfOneName() {
    runner
        .withUserConfiguration(Quotas.class)
        .withPropertyValues("p2pmap.maps.quotas.value-type=java.lang.String")
        .run(
            context -> {
              assertThat(context).hasSingleBean(ReplicatedMap.class);
              @SuppressWarnings("unchecked")
              ReplicatedMap<String, Integer> quotas =
                  context.getBean("quotas", ReplicatedMap.class);
              quotas.put("disk", 7);
              assertThat(quotas.get("disk")).isEqualTo(7);
            });
  }

  @Test
  void aSpecIsABeanLikeAnyOtherWhenDisabled() {
    runner
        .withUserConfiguration(Quotas.class)
        .withPropertyValues("p2pmap.enabled=false")
        .run(
            context -> {
              assertThat(context).hasSingleBean(MapSpec.class);
              assertThat(context).doesNotHaveBean(ReplicatedMap.class);
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
        ReplicatedMap<String, FeatureFlag> alphas) {
      names = List.of(x.name(), alphas.name());
    }
  }

  static final class ByQualifier {

    final List<String> names;

    ByQualifier(
        @Qualifier("flags") ReplicatedMap<String, FeatureFlag> x,
        ReplicatedMap<String, FeatureFlag> flagsMap) {
      names = List.of(x.name(), flagsMap.name());
    }
  }

  static final class ByAnyName {

    ByAnyName(ReplicatedMap<String, FeatureFlag> any) {
      assertThat(any).isNotNull();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Flags {

    @Bean
    MapSpec<String, FeatureFlag> flags() {
      return MapSpec.of("flags", String.class, FeatureFlag.class);
    }
  }

  @Configuration
  static class TwoOfOneType {

    @Bean
    MapSpec<String, FeatureFlag> alphasSpec() {
      return MapSpec.of("alphas", String.class, FeatureFlag.class);
    }

    @Bean
    MapSpec<String, FeatureFlag> betasSpec() {
      return MapSpec.of("betas", String.class, FeatureFlag.class);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Quotas {

    @Bean
    MapSpec<String, Integer> quotasSpec() {
      return MapSpec.of("quotas", String.class, Integer.class).timeToLive(Duration.ofHours(1));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnQuotas extends Quotas {

    @Bean
    ReplicatedMap<String, Integer> quotas(ReplicatedMaps maps) {
      return maps.open(MapSpec.of("mine", String.class, Integer.class));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class CountedSpec {

    private static final AtomicInteger CREATED = new AtomicInteger();

    @Bean
    MapSpec<String, String> countedSpec() {
      CREATED.incrementAndGet();
      return MapSpec.of("counted", String.class, String.class);
    }

    /** Runs after all definitions are there and before any bean is. */
    @Bean
    static BeanFactoryPostProcessor counter() {
      CREATED.set(0);
      return factory -> factory.registerSingleton("createdEarly", new AtomicInteger(CREATED.get()));
    }
  }
}
