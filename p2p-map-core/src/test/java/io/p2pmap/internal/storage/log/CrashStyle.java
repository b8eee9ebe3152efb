package io.p2pmap.internal.storage.log;

import java.util.random.RandomGenerator;

/** Which of the changes that were not forced are on disk after a crash. */
enum CrashStyle {
  NONE,
  ALL,
  /** Up to some point, in order. */
  FIRST,
  /** From some point on: the disk has reordered them. */
  LAST,
  /** Any of them. */
  ANY;

  private static final CrashStyle[] STYLES = values();

  interface Choice {
    boolean keeps(int index);
  }

  static CrashStyle random(RandomGenerator random) {
    return STYLES[random.nextInt(STYLES.length)];
  }

  Choice choose(int count, RandomGenerator random) {
    int point = random.nextInt(count + 1);
    double probability = random.nextDouble();
    return switch (this) {
      case NONE -> index -> false;
      case ALL -> index -> true;
      case FIRST -> index -> index < point;
      case LAST -> index -> index >= point;
      case ANY -> index -> random.nextDouble() < probability;
    };
  }
}
