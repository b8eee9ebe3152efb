package io.p2pmap.cluster;

import java.time.Duration;
import java.util.Arrays;

/** Prints what was measured, in one line, so that it can be pasted. */
public final class Figures {

  private Figures() {}

  public static void print(String what, Object... arguments) {
    System.out.println("FIGURE " + what.formatted(arguments));
  }

  static String millis(Duration duration) {
    return "%.1f ms".formatted(duration.toNanos() / 1e6);
  }

  /** {@code percent} of the values are not greater than this one. */
  static Duration percentile(long[] nanos, int percent) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)]);
  }
}
