package io.p2pmap.spring.autoconfigure;

import io.p2pmap.ValueValidator;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.core.ResolvableType;

/**
 * Validates values by the constraints of their type (Jakarta Bean Validation). A type that can't
 * have any, as those of the JDK, gets no validator; of one that subclasses may add some to, each
 * class is looked at once.
 *
 * <p>Threading: any thread.
 */
final class BeanValidation implements Function<Type, Optional<ValueValidator<Object>>> {

  private final Supplier<Validator> validator;

  /** {@code validator} is asked for when the first map is opened. */
  BeanValidation(Supplier<Validator> validator) {
    this.validator = validator;
  }

  @Override
  public Optional<ValueValidator<Object>> apply(Type valueType) {
    Class<?> type = ResolvableType.forType(valueType).toClass();
    if (isOfJdk(type)) { // to look at it would read every method of String, say
      return Optional.empty();
    }
    Validator constraints = validator.get();
    if (isConstrained(type, constraints)) {
      return Optional.of(value -> violations(constraints.validate(value)));
    }
    return Modifier.isFinal(type.getModifiers())
        ? Optional.empty()
        : Optional.of(ofSubclasses(constraints));
  }

  private static boolean isOfJdk(Class<?> type) {
    return type.getName().startsWith("java.");
  }

  private static boolean isConstrained(Class<?> type, Validator constraints) {
    return constraints.getConstraintsForClass(type).isBeanConstrained();
  }

  private static ValueValidator<Object> ofSubclasses(Validator constraints) {
    ConcurrentMap<Class<?>, Boolean> constrained = new ConcurrentHashMap<>();
    return value ->
        constrained.computeIfAbsent(value.getClass(), type -> isConstrained(type, constraints))
            ? violations(constraints.validate(value))
            : List.of();
  }

  /** Sorted, because a set has no order that people could rely on. */
  private static List<String> violations(Set<ConstraintViolation<Object>> violations) {
    return violations.stream().map(BeanValidation::text).sorted().toList();
  }

  private static String text(ConstraintViolation<Object> violation) {
    String path = violation.getPropertyPath().toString();
    return path.isEmpty() ? violation.getMessage() : path + " " + violation.getMessage();
  }
}
