package io.p2pmap.benchmarks.cluster;

import java.util.List;
import java.util.stream.IntStream;

/** The entries of a round: keys of 16 and values of 100 characters, the same for every system. */
final class Entries {

  /** The keys that rounds use; made beforehand, so that nobody measures that. */
  static final List<String> KEYS = IntStream.range(0, 200_000).mapToObj(Entries::key).toList();

  private static final String FILLER = "v".repeat(100);

  private Entries() {}

  static String key(int number) {
    return "key-%012d".formatted(number);
  }

  /** The value that a round writes: its number, filled up. */
  static String value(long round) {
    String prefix = Long.toString(round) + ':';
    return prefix + FILLER.substring(prefix.length());
  }
}
