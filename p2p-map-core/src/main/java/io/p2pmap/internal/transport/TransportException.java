package io.p2pmap.internal.transport;

import org.jspecify.annotations.Nullable;

/** The transport can't do what it was asked for; says what, where, and what to do about it. */
public final class TransportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * Creates an exception.
   *
   * @param description what went wrong, and where
   * @param action what to do about it
   */
  public TransportException(String description, String action, @Nullable Throwable cause) {
    super(description, cause);
    this.action = action;
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
