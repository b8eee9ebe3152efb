package io.p2pmap.internal.storage;

import org.jspecify.annotations.Nullable;

/** A store can't do what it was asked for; says what, where, and what to do about it. */
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String description;
  private final String action;

  /**
   * Creates an exception.
   *
   * @param description what went wrong, and where
   * @param action what to do about it
   */
  public StorageException(String description, String action, @Nullable Throwable cause) {
    super(description + ". " + action, cause);
    this.description = description;
    this.action = action;
  }

  /** What went wrong, and where. */
  public String description() {
    return description;
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
