package io.p2pmap.cluster;

/**
 * A promise that was not kept.
 *
 * @param invariant its number: I1 convergence, I2 no resurrection, I3 no lost write, I4 sessions,
 *     I5 events, I10 bounded transfers
 */
record Breach(String invariant, String description) {

  static Breach of(String invariant, String description, Object... arguments) {
    return new Breach(invariant, description.formatted(arguments));
  }

  @Override
  public String toString() {
    return invariant + ": " + description;
  }
}
