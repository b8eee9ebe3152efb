package io.p2pmap.internal.replication;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** A readable record of one schedule: identifiers are replaced by names, times by short ones. */
final class Trace {

  private static final Pattern HYBRID_TIME = Pattern.compile("\\b\\d{10,19}\\b");

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> names = new LinkedHashMap<>();

  void name(UUID id, String name) {
    names.putIfAbsent(id.toString(), name);
  }

  void log(long millis, String line) {
    text.append(millis - SimulatedCluster.START_MILLIS).append("  ").append(line).append('\n');
  }

  @Override
  public String toString() {
    String readable = text.toString();
    for (Map.Entry<String, String> name : names.entrySet()) {
      readable = readable.replace(name.getKey(), name.getValue());
    }
    return HYBRID_TIME.matcher(readable).replaceAll(match -> readable(match.group()));
  }

  private static String readable(String number) {
    long time = Long.parseLong(number);
    long millis = (time >> 16) - SimulatedCluster.START_MILLIS;
    return millis < -100_000 || millis > 10_000_000 ? number : "t" + millis + "." + (time & 0xFFFF);
  }
}
