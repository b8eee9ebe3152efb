package io.p2pmap.spring.autoconfigure;

import jakarta.validation.Validator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Auto-configuration of the validation of values by the constraints of their types. */
@AutoConfiguration(
    afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnClass(Validator.class)
@ConditionalOnSingleCandidate(Validator.class)
@ConditionalOnBooleanProperty(name = "p2pmap.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "p2pmap.validation.enabled", matchIfMissing = true)
public final class P2pMapValidationAutoConfiguration {

  /** The first one, so that a customizer of the application can replace what it sets. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  ReplicatedMapsCustomizer p2pmapBeanValidationCustomizer(ObjectProvider<Validator> validator) {
    return builder -> builder.valueValidators(new BeanValidation(validator::getObject));
  }
}
