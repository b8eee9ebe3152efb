package io.p2pmap.internal.storage.log;

import java.io.IOException;

/** A later version of this library wrote a file. */
final class UnknownVersionException extends IOException {

  private static final long serialVersionUID = 1L;

  UnknownVersionException(String message) {
    super(message);
  }
}
