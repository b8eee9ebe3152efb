package io.p2pmap.internal.replication;

/** A schedule broke what must hold. */
final class Violation extends RuntimeException {

  Violation(String what, Object... arguments) {
    super(what.formatted(arguments));
  }
}
