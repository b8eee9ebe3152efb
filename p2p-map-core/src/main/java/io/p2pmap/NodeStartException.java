package io.p2pmap;

import org.jspecify.annotations.Nullable;

/** The node can't start as it is configured; says what is wrong, and what to do about it. */
public final class NodeStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * Creates an exception.
   *
   * @param description what is wrong, and where
   * @param action what to do about it
   */
  public NodeStartException(String description, String action, @Nullable Throwable cause) {
    super(description, cause);
    this.action = action;
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
