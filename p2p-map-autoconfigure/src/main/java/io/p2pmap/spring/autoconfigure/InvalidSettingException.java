package io.p2pmap.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/** A property of ours is wrong; says which one, and what to do about it. */
public final class InvalidSettingException extends RuntimeException {

  private final @Nullable String property;
  private final String action;

  /** Creates an exception that says what is wrong, and what to do about it. */
  public InvalidSettingException(String description, String action) {
    this(null, description, action, null);
  }

  InvalidSettingException(
      @Nullable String property, String description, String action, @Nullable Throwable cause) {
    super(description, cause);
    this.property = property;
    this.action = action;
  }

  /** The value of {@code property} is out of range, for a reason that reads on after "is". */
  static InvalidSettingException ofValue(String property, String reason, @Nullable Throwable ex) {
    return new InvalidSettingException(
        property,
        "The value of property '%s' is invalid: %s.".formatted(property, reason),
        "Correct the value.",
        ex);
  }

  /** The property whose value is wrong, if it is a single one. */
  @Nullable String property() {
    return property;
  }

  String action() {
    return action;
  }
}
