package io.p2pmap.internal.wire;

/** What a frame may hold at most. A frame beyond it is malformed, and is not sent either. */
public final class WireLimits {

  /** Length of a frame. */
  public static final int MAX_FRAME_BYTES = 16 << 20;

  /** Length of a map's name as UTF-8. */
  public static final int MAX_MAP_NAME_BYTES = 1000;

  /** Length of a node's name as UTF-8. */
  public static final int MAX_WRITER_BYTES = 255;

  /** Length of an encoded key. */
  public static final int MAX_KEY_BYTES = 64 << 10;

  /** Length of an encoded value: a frame has room for one entry with the largest key and value. */
  public static final int MAX_VALUE_BYTES = MAX_FRAME_BYTES - (128 << 10);

  /** Entries in a frame. */
  public static final int MAX_ENTRIES = 1_000_000;

  /** Different origins in a frame. */
  public static final int MAX_ORIGINS = 100_000;

  private WireLimits() {}

  /**
   * Refuses what receivers would refuse.
   *
   * @throws IllegalArgumentException if {@code size} is over {@code limit}
   */
  static void check(String what, int size, int limit) {
    if (size > limit) {
      throw new IllegalArgumentException("%s: %d, the limit is %d".formatted(what, size, limit));
    }
  }
}
