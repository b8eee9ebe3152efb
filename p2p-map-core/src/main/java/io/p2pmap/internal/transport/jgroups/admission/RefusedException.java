package io.p2pmap.internal.transport.jgroups.admission;

import java.io.IOException;

/** The two ends of a connection do not talk to each other. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Refusal reason;

  RefusedException(Refusal reason, Throwable cause) {
    super(reason.explanation(), cause);
    this.reason = reason;
  }

  RefusedException(Refusal reason) {
    super(reason.explanation());
    this.reason = reason;
  }

  Refusal reason() {
    return reason;
  }
}
