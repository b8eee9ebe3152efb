package io.p2pmap.spring.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** Checks the values of properties, which it names as their user writes them. */
final class Bounds {

  private static final int MAX_NAME_BYTES = 200;

  private Bounds() {}

  static Duration positive(String property, Duration value) {
    return check(property, value, !value.isZero() && !value.isNegative(), "it must be positive");
  }

  static Duration notNegative(String property, Duration value) {
    return check(property, value, !value.isNegative(), "it must not be negative");
  }

  static int between(String property, int value, int least, int most) {
    return check(
        property,
        value,
        value >= least && value <= most,
        "it must be %d to %d".formatted(least, most));
  }

  static String name(String property, String value) {
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    return check(
        property,
        value,
        !value.isBlank() && length <= MAX_NAME_BYTES,
        "it must have 1 to %d bytes in UTF-8 and not be blank".formatted(MAX_NAME_BYTES));
  }

  /** What {@code option} makes of the property's value, if it takes it. */
  static <T> T accepted(String property, Supplier<T> option) {
    try {
      return option.get();
    } catch (IllegalArgumentException ex) {
      throw InvalidSettingException.ofValue(property, String.valueOf(ex.getMessage()), ex);
    }
  }

  private static <T> T check(String property, T value, boolean isValid, String rule) {
    if (!isValid) {
      throw InvalidSettingException.ofValue(property, rule + ", but is " + value, null);
    }
    return value;
  }
}
