package io.p2pmap.internal.storage;

import java.time.Duration;

/**
 * How stores work.
 *
 * @param lazyForce the longest that a record nobody waits for stays unforced
 * @param onCorruption what opening a store does about damaged files
 */
public record StorageSettings(Duration lazyForce, OnCorruption onCorruption) {

  private static final Duration LONGEST_LAZY_FORCE = Duration.ofHours(1);

  public StorageSettings {
    if (lazyForce.isNegative()
        || lazyForce.isZero()
        || lazyForce.compareTo(LONGEST_LAZY_FORCE) > 0) {
      throw new IllegalArgumentException(
          "Lazy force must be in (0, %s], but was %s".formatted(LONGEST_LAZY_FORCE, lazyForce));
    }
  }

  /** Forces within half a second, and recovers. */
  public static StorageSettings defaults() {
    return new StorageSettings(Duration.ofMillis(500), OnCorruption.RECOVER);
  }

  public StorageSettings lazyForce(Duration lazyForce) {
    return new StorageSettings(lazyForce, onCorruption);
  }

  public StorageSettings onCorruption(OnCorruption onCorruption) {
    return new StorageSettings(lazyForce, onCorruption);
  }
}
