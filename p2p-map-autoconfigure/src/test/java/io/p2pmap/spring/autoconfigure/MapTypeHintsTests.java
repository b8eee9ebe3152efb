package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.spring.FeatureFlag;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

class MapTypeHintsTests {

  @Test
  void typesOfDeclaredMapsMayBeReflectedOn() {
    RuntimeHints hints =
        hintsWith(
            "p2pmap.maps.flags.value-type=java.util.List<%s>"
                .formatted(FeatureFlag.class.getName()));
    assertThat(RuntimeHintsPredicates.reflection().onType(FeatureFlag.class)).accepts(hints);
  }

  @Test
  void othersMayNot() {
    RuntimeHints hints = hintsWith("p2pmap.maps.flags.value-type=java.lang.String");
    assertThat(RuntimeHintsPredicates.reflection().onType(FeatureFlag.class)).rejects(hints);
  }

  private static RuntimeHints hintsWith(String property) {
    DefaultGenerationContext generation =
        new DefaultGenerationContext(
            new ClassNameGenerator(ClassName.get("com.acme", "Application")),
            new InMemoryGeneratedFiles());
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      TestPropertyValues.of(property).applyTo(context);
      context.register(P2pMapAutoConfiguration.class);
      new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
    }
    return generation.getRuntimeHints();
  }
}
