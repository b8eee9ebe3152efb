package io.p2pmap.internal.storage.log;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of a store's files. Numbers ascend; a snapshot replaces every log of a lower number. */
final class FileNames {

  static final String WATERMARK = "watermark";
  static final String MARKER = "initialised";

  private static final String LOG = "log-";
  private static final String SNAPSHOT = "snapshot-";
  private static final String UNFINISHED = ".tmp";
  private static final String DAMAGED = ".damaged-";
  private static final Pattern NUMBERED =
      Pattern.compile("(?:log|snapshot)-([0-7][0-9a-f]{15})(?:\\.damaged-[0-9]+)?");

  private FileNames() {}

  static String log(long number) {
    return LOG + "%016x".formatted(number);
  }

  static String snapshot(long number) {
    return SNAPSHOT + "%016x".formatted(number);
  }

  /** What a file is called until it is complete. */
  static String unfinished(String name) {
    return name + UNFINISHED;
  }

  static boolean isUnfinished(String name) {
    return name.endsWith(UNFINISHED);
  }

  /** A name that no file has for what is damaged in {@code name}. */
  static String damaged(String name, Set<String> taken) {
    for (int i = 1; ; i++) {
      String candidate = name + DAMAGED + i;
      if (!taken.contains(candidate)) {
        return candidate;
      }
    }
  }

  /** Numbers of the intact logs, ascending. */
  static TreeSet<Long> logs(List<String> names) {
    return numbers(names.stream().filter(name -> name.startsWith(LOG) && !isDamaged(name)));
  }

  /** Numbers of the intact snapshots, ascending. */
  static TreeSet<Long> snapshots(List<String> names) {
    return numbers(names.stream().filter(name -> name.startsWith(SNAPSHOT) && !isDamaged(name)));
  }

  /** The highest number that was ever used, as far as the names tell; 0 if none was. */
  static long highestNumber(List<String> names) {
    TreeSet<Long> numbers = numbers(names.stream());
    return numbers.isEmpty() ? 0 : numbers.last();
  }

  /** Whether it is an intact log or snapshot. */
  static boolean isData(String name) {
    return NUMBERED.matcher(name).matches() && !isDamaged(name);
  }

  private static boolean isDamaged(String name) {
    return name.contains(DAMAGED);
  }

  private static TreeSet<Long> numbers(Stream<String> names) {
    TreeSet<Long> numbers = new TreeSet<>();
    names
        .map(NUMBERED::matcher)
        .filter(Matcher::matches)
        .forEach(name -> numbers.add(Long.parseLong(name.group(1), 16)));
    return numbers;
  }
}
