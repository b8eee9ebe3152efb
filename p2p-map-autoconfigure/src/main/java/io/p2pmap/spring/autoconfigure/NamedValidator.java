package io.p2pmap.spring.autoconfigure;

import io.p2pmap.MapSpec;
import io.p2pmap.ValueValidator;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.Validator;

/**
 * A bean that a property names as the validator of a map: a {@link ValueValidator}, a {@link
 * Predicate}, or Spring's {@link Validator}.
 *
 * @param property the property that names it
 */
record NamedValidator(String property, String bean) {

  private static final List<Class<?>> TYPES =
      List.of(ValueValidator.class, Predicate.class, Validator.class);

  /**
   * The spec with this validator. The bean is asked for only when the map is opened, because it may
   * depend on others.
   */
  @SuppressWarnings("unchecked") // that it fits the values is what the user says by naming it
  MapSpec<Object, Object> addTo(
      MapSpec<Object, Object> spec, ConfigurableListableBeanFactory beanFactory) {
    Object found = isOfAnyType(beanFactory) ? beanFactory.getBean(bean) : null;
    if (found instanceof ValueValidator<?> validator) {
      return spec.valueValidator((ValueValidator<Object>) validator);
    }
    if (found instanceof Predicate<?> predicate) {
      return spec.validator((Predicate<Object>) predicate);
    }
    if (found instanceof Validator validator) {
      return spec.valueValidator(supporting(validator, spec.valueType()));
    }
    throw unknown(beanFactory);
  }

  private boolean isOfAnyType(ConfigurableListableBeanFactory beanFactory) {
    return beanFactory.containsBean(bean)
        && TYPES.stream().anyMatch(type -> beanFactory.isTypeMatch(bean, type));
  }

  private ValueValidator<Object> supporting(Validator validator, Type valueType) {
    Class<?> type = ResolvableType.forType(valueType).toClass();
    if (!validator.supports(type)) {
      throw new InvalidSettingException(
          "Property '%s' names '%s', which does not support values of type %s."
              .formatted(property, bean, type.getName()),
          "Name another bean, or make 'supports' accept the type.");
    }
    return value -> violations(validator.validateObject(value));
  }

  private static List<String> violations(Errors errors) {
    return errors.getAllErrors().stream().map(NamedValidator::text).toList();
  }

  private static String text(ObjectError error) {
    String reason =
        Objects.requireNonNullElseGet(
            error.getDefaultMessage(), () -> String.valueOf(error.getCode()));
    return error instanceof FieldError field ? field.getField() + " " + reason : reason;
  }

  private InvalidSettingException unknown(ConfigurableListableBeanFactory beanFactory) {
    List<String> known =
        new ArrayList<>(
            new TreeSet<>(
                TYPES.stream()
                    .flatMap(type -> Stream.of(beanFactory.getBeanNamesForType(type)))
                    .toList()));
    return new InvalidSettingException(
        "Property '%s' names '%s', which is not a bean of type %s, %s or %s."
            .formatted(
                property,
                bean,
                Predicate.class.getName(),
                Validator.class.getName(),
                ValueValidator.class.getName()),
        known.isEmpty()
            ? "Define such a bean; there is none of these types."
            : "Define such a bean, or name one of those there are: %s."
                .formatted(String.join(", ", known)));
  }
}
