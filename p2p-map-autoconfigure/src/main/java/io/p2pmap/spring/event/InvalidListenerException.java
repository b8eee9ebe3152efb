package io.p2pmap.spring.event;

/** A method with {@link MapEventListener} could never be called; says which, and what to do. */
final class InvalidListenerException extends IllegalStateException {

  private final String action;

  InvalidListenerException(String description, String action) {
    super(description);
    this.action = action;
  }

  String action() {
    return action;
  }
}
