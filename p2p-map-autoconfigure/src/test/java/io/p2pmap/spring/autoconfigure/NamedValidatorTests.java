package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.p2pmap.InvalidValueException;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ValueValidator;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

class NamedValidatorTests {

  private final ApplicationContextRunner runner =
      TestContexts.runner()
          .withUserConfiguration(Validators.class)
          .withPropertyValues(TestContexts.FLAGS);

  @Test
  void aSpringValidatorGivesItsErrorsAsReasons() {
    runner
        .withPropertyValues("p2pmap.maps.flags.validator=springValidator")
        .run(
            context ->
                assertThat(refusal(context, new FeatureFlag(true, 200, "")).violations())
                    .containsExactlyInAnyOrder("rolloutPercent is beyond 100", "note.empty"));
  }

  @Test
  void aValueValidatorGivesItsReasons() {
    runner
        .withPropertyValues("p2pmap.maps.flags.validator=valueValidator")
        .run(
            context ->
                assertThat(refusal(context, FeatureFlag.on(1)).violations())
                    .containsExactly("one", "two"));
  }

  @Test
  void aSpringValidatorOfAnotherTypeIsRefused() {
    runner
        .withPropertyValues(
            "p2pmap.maps.quotas.value-type=java.lang.Integer",
            "p2pmap.maps.quotas.validator=springValidator")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining(
                        "Property 'p2pmap.maps.quotas.validator' names 'springValidator', which does"
                            + " not support values of type java.lang.Integer."));
  }

  @SuppressWarnings("unchecked")
  private static InvalidValueException refusal(ApplicationContext context, FeatureFlag flag) {
    ReplicatedMap<String, FeatureFlag> flags = context.getBean("flags", ReplicatedMap.class);
    flags.put("good", new FeatureFlag(true, 100, "good"));
    return catchThrowableOfType(InvalidValueException.class, () -> flags.put("bad", flag));
  }

  @Configuration(proxyBeanMethods = false)
  static class Validators {

    @Bean
    ValueValidator<FeatureFlag> valueValidator() {
      return flag -> flag.note().isEmpty() ? List.of("one", "two") : List.of();
    }

    @Bean
    Validator springValidator() {
      return new Validator() {
        @Override
        public boolean supports(Class<?> type) {
          return type == FeatureFlag.class;
        }

        @Override
        public void validate(Object target, Errors errors) {
          FeatureFlag flag = (FeatureFlag) target;
          if (flag.rolloutPercent() > 100) {
            errors.rejectValue("rolloutPercent", "rollout", "is beyond 100");
          }
          if (flag.note().isEmpty()) {
            errors.reject("note.empty");
          }
        }
      };
    }
  }
}
