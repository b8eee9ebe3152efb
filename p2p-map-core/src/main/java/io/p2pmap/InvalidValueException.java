package io.p2pmap;

import java.util.List;

/** A value was refused before it was written: by a validator or because of its size. */
public class InvalidValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final List<String> violations;

  /**
   * Creates an exception whose message names map, key, and violations.
   *
   * @param violations what is wrong with the value, each in words for people
   */
  public InvalidValueException(String mapName, Object key, List<String> violations) {
    super(
        "Map '%s' refuses the value of key '%s': %s"
            .formatted(mapName, key, String.join("; ", violations)));
    this.violations = List.copyOf(violations);
  }

  /** Creates an exception for one thing that is wrong. */
  public InvalidValueException(String violation) {
    super(violation);
    this.violations = List.of(violation);
  }

  /** What is wrong with the value, each in words for people. */
  public List<String> violations() {
    return violations;
  }
}
