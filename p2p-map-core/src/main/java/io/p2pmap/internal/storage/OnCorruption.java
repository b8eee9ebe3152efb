package io.p2pmap.internal.storage;

/** What opening a store does about damaged files. */
public enum OnCorruption {
  /** Moves them aside and goes on from what is verified. */
  RECOVER,
  /** Throws a {@link StorageException} and touches nothing. */
  FAIL
}
