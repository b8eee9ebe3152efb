package io.p2pmap;

/**
 * A persisted map could not be opened, or its files not removed, or a write could not be made
 * durable. Such a write may be found after a restart, or not, and other nodes may have it. The map
 * takes writes again when its disk works again.
 */
public final class MapStorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message that says what, where, and what to do. */
  public MapStorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
