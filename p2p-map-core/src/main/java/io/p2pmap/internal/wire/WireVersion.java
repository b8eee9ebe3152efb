package io.p2pmap.internal.wire;

/** Versions of the wire format that this release reads, and the one that it writes. */
public final class WireVersion {

  /** The oldest that is read. */
  public static final int MIN = 1;

  /** The newest that is read. */
  public static final int MAX = 1;

  /** The one that is written. */
  public static final int CURRENT = 1;

  private WireVersion() {}

  static boolean isReadable(int version) {
    return version >= MIN && version <= MAX;
  }
}
