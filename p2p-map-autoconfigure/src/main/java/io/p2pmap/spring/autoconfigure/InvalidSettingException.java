package io.p2pmap.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/** A property of ours is wrong; says which one, and what to do about it. */
final class InvalidSettingException extends RuntimeException {

  private final String action;

  InvalidSettingException(String description, String action) {
    this(description, action, null);
  }

  InvalidSettingException(String description, String action, @Nullable Throwable cause) {
    super(description, cause);
    this.action = action;
  }

  String action() {
    return action;
  }
}
