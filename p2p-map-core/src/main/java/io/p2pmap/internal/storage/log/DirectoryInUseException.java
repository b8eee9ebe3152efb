package io.p2pmap.internal.storage.log;

import java.io.IOException;

/** A directory is held by somebody else; the message says by whom, as far as that is known. */
final class DirectoryInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  DirectoryInUseException(String message) {
    super(message);
  }
}
