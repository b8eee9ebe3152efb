package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.p2pmap.InvalidValueException;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ValueValidator;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import io.p2pmap.spring.actuate.HealthDetails;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

class BeanValidationTests {

  private static final String RULES = "p2pmap.maps.rules.value-type=" + Rule.class.getName();

  private final ApplicationContextRunner runner =
      TestContexts.runner()
          .withConfiguration(
              AutoConfigurations.of(
                  ValidationAutoConfiguration.class, P2pMapValidationAutoConfiguration.class));

  @Test
  void constraintsOfTheTypeAreReasonsOfTheException() {
    runner
        .withPropertyValues(RULES)
        .run(
            context -> {
              rules(context).put("good", new Rule("a", 1, new Owner("team")));
              InvalidValueException refused =
                  catchThrowableOfType(
                      InvalidValueException.class,
                      () -> rules(context).put("bad", new Rule(" ", 11, new Owner(""))));
              assertThat(refused.violations())
                  .containsExactly(
                      "name must not be blank",
                      "owner.name must not be blank",
                      "weight must be less than or equal to 10");
              assertThat(refused).hasMessageContaining("weight must be less than or equal to 10");
              assertThat(rules(context).asMap()).containsOnlyKeys("good");
            });
  }

  @Test
  void theMapsOwnValidatorHoldsBesideThem() {
    runner
        .withPropertyValues(RULES, "p2pmap.maps.rules.validator=own")
        .withBean("own", ValueValidator.class, () -> rule -> List.of("own reason"))
        .run(
            context ->
                assertThat(
                        catchThrowableOfType(
                                InvalidValueException.class,
                                () -> rules(context).put("bad", new Rule("", 1, new Owner("t"))))
                            .violations())
                    .containsExactly("own reason", "name must not be blank"));
  }

  @Test
  void whatAnotherNodeAcceptsIsHiddenAndADetailOfHealth() {
    ApplicationContextRunner cluster = runner.withPropertyValues(TestContexts.nodeProperties());
    cluster
        .withPropertyValues(RULES, "p2pmap.validation.enabled=false")
        .run(
            lenient ->
                cluster
                    .withPropertyValues(RULES)
                    .run(
                        strict -> {
                          rules(lenient).put("bad", new Rule("", 11, new Owner("")));
                          rules(lenient).put("good", new Rule("a", 1, new Owner("team")));
                          await()
                              .untilAsserted(
                                  () -> assertThat(rules(strict).get("good")).isNotNull());
                          assertThat(rules(strict).get("bad")).isNull();
                          assertThat(rules(lenient).get("bad")).isNotNull();
                          assertThat(hidden(strict)).isEqualTo(1);
                          assertThat(hidden(lenient)).isEqualTo(0);
                        }));
  }

  @Test
  void nothingBreaksWithoutAValidator() {
    TestContexts.runner()
        .withConfiguration(AutoConfigurations.of(P2pMapValidationAutoConfiguration.class))
        .withPropertyValues(RULES)
        .run(context -> rules(context).put("bad", new Rule("", 11, new Owner(""))));
  }

  @Test
  void nothingBreaksWithoutValidationOnTheClassPath() {
    TestContexts.runner()
        .withConfiguration(AutoConfigurations.of(P2pMapValidationAutoConfiguration.class))
        .withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"))
        .withPropertyValues(TestContexts.FLAGS)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).doesNotHaveBean("p2pmapBeanValidationCustomizer");
            });
  }

  @Test
  void aTypeWithoutConstraintsHasNoValidator() {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      BeanValidation validation = validation(factory.getValidator());
      assertThat(validation.apply(Rule.class)).isPresent();
      assertThat(validation.apply(FeatureFlag.class)).isEmpty();
      assertThat(validation.apply(String.class)).isEmpty();
      assertThat(validation.apply(List.class)).isEmpty();
    }
  }

  @Test
  void constraintsOfASubclassHold() {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      Optional<ValueValidator<Object>> validator =
          validation(factory.getValidator()).apply(Shape.class);
      assertThat(validator.orElseThrow().violations(new Circle(11)))
          .containsExactly("radius must be less than or equal to 10");
      assertThat(validator.orElseThrow().violations(new Point())).isEmpty();
    }
  }

  private static BeanValidation validation(Validator validator) {
    return new BeanValidation(() -> validator);
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, Rule> rules(ApplicationContext context) {
    return context.getBean("rules", ReplicatedMap.class);
  }

  private static Object hidden(ConfigurableApplicationContext context) {
    return HealthDetails.details(context, "rules").get("hidden");
  }

  record Rule(@NotBlank String name, @Max(10) int weight, @Valid Owner owner) {}

  record Owner(@NotBlank String name) {}

  interface Shape {}

  record Point() implements Shape {}

  record Circle(@Max(10) int radius) implements Shape {}
}
