package io.p2pmap;

/** A value was refused before it was written: by the map's validator or because of its size. */
public class InvalidValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message that names map, key, and reason. */
  public InvalidValueException(String message) {
    super(message);
  }
}
