package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.TestContexts;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

class P2pMapAutoConfigurationTests {

  private final ApplicationContextRunner runner = TestContexts.runner();

  @Test
  void theNodeRunsWithTheContext() {
    AtomicReference<ReplicatedMaps> maps = new AtomicReference<>();
    runner.run(
        context -> {
          maps.set(context.getBean(ReplicatedMaps.class));
          assertThat(maps.get().isRunning()).isTrue();
        });
    assertThat(maps.get().isRunning()).isFalse();
  }

  @Test
  void aNodeOfTheApplicationReplacesOurs() {
    runner
        .withUserConfiguration(OwnNode.class)
        .withPropertyValues(TestContexts.FLAGS)
        .run(
            context -> {
              ReplicatedMaps maps = context.getBean(ReplicatedMaps.class);
              assertThat(maps.members().get(0).name()).isEqualTo("mine");
              assertThat(maps.isRunning()).isTrue();
              assertThat(maps.names()).containsExactly("flags");
            });
  }

  @Test
  void customizersAreCalledInTheirOrderAfterTheProperties() {
    runner
        .withUserConfiguration(Customizers.class)
        .withPropertyValues("p2pmap.node-name=by-property")
        .run(
            context ->
                assertThat(context.getBean(ReplicatedMaps.class).members().get(0).name())
                    .isEqualTo("by-second"));
  }

  @Test
  void nothingIsThereWhenDisabled() {
    runner
        .withPropertyValues("p2pmap.enabled=false", TestContexts.FLAGS)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).doesNotHaveBean(ReplicatedMaps.class);
              assertThat(context).doesNotHaveBean(ReplicatedMap.class);
              assertThat(context).doesNotHaveBean(ReplicatedMapsLifecycle.class);
            });
  }

  @Test
  void lazyInitializationDelaysNeitherNodeNorMaps() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(P2pMapAutoConfiguration.class))
        .withPropertyValues(TestContexts.nodeProperties())
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .withPropertyValues(TestContexts.FLAGS)
        .run(
            context -> {
              BeanDefinition node = context.getBeanFactory().getBeanDefinition("replicatedMaps");
              assertThat(node.isLazyInit()).isTrue();
              assertThat(context.getBeanFactory().containsSingleton("flags")).isTrue();
              assertThat(context.getBean(ReplicatedMaps.class).isRunning()).isTrue();
            });
  }

  @Test
  void theNodeGoesOnInAPausedContext() {
    runner.run(
        context -> {
          context.getSourceApplicationContext().pause();
          assertThat(context.getBean(ReplicatedMaps.class).isRunning()).isTrue();
          context.getSourceApplicationContext().restart();
          assertThat(context.getBean(ReplicatedMaps.class).isRunning()).isTrue();
        });
  }

  @Test
  void jacksonModulesOfTheApplicationEncodeValues() {
    runner
        .withUserConfiguration(UnitModule.class)
        .withPropertyValues("p2pmap.maps.units.value-type=" + Unit.class.getName())
        .run(
            context -> {
              @SuppressWarnings("unchecked")
              ReplicatedMap<String, Unit> units = context.getBean("units", ReplicatedMap.class);
              units.put("length", new Unit("m"));
              assertThat(units.get("length").symbol).isEqualTo("m");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnNode {

    @Bean
    ReplicatedMaps ownMaps() {
      return ReplicatedMaps.builder().nodeName("mine").bindPort(TestContexts.freePort()).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Customizers {

    @Bean
    @Order(2)
    ReplicatedMapsCustomizer second() {
      return builder -> builder.nodeName("by-second");
    }

    @Bean
    @Order(1)
    ReplicatedMapsCustomizer first() {
      return builder -> builder.nodeName("by-first");
    }
  }

  /** A type that Jackson can't handle without help. */
  static final class Unit {

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Unit unit && unit.symbol.equals(symbol);
    }

    @Override
    public int hashCode() {
      return symbol.hashCode();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class UnitModule {

    @Bean
    JacksonModule unitModule() {
      return new SimpleModule()
          .addSerializer(
              new StdSerializer<Unit>(Unit.class) {
                @Override
                public void serialize(Unit unit, JsonGenerator json, SerializationContext context) {
                  json.writeString(unit.symbol);
                }
              })
          .addDeserializer(
              Unit.class,
              new StdDeserializer<Unit>(Unit.class) {
                @Override
                public Unit deserialize(JsonParser json, DeserializationContext context) {
                  return new Unit(json.getString());
                }
              });
    }
  }
}
