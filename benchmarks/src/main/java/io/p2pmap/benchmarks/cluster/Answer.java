package io.p2pmap.benchmarks.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a child process measured: named numbers, on one line. */
record Answer(Map<String, Long> numbers) {

  private static final String PREFIX = "answer ";

  static Answer of(Object... namesAndNumbers) {
    Map<String, Long> numbers = new TreeMap<>();
    for (int i = 0; i < namesAndNumbers.length; i += 2) {
      numbers.put((String) namesAndNumbers[i], ((Number) namesAndNumbers[i + 1]).longValue());
    }
    return new Answer(numbers);
  }

  /** Whether a line is an answer, and not something that the JVM prints. */
  static boolean isAnswer(String line) {
    return line.startsWith(PREFIX);
  }

  static Answer parse(String line) {
    Map<String, Long> numbers = new TreeMap<>();
    for (String pair : line.split(" ")) {
      int separator = pair.indexOf('=');
      if (separator > 0) {
        numbers.put(pair.substring(0, separator), Long.parseLong(pair.substring(separator + 1)));
      }
    }
    return new Answer(numbers);
  }

  long get(String name) {
    Long number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException("No %s in %s".formatted(name, numbers));
    }
    return number;
  }

  String toLine() {
    return numbers.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" ", PREFIX, ""));
  }
}
