package io.p2pmap.cluster;

import io.p2pmap.MapStatus;
import io.p2pmap.StorageStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a node says of one of its maps, as texts by name. */
public record StatusLine(Map<String, String> values) {

  static Stream<String> print(MapStatus status) {
    return Stream.concat(
        Stream.of(
            "state=" + status.state(),
            "size=" + status.size(),
            "tombstones=" + status.tombstones(),
            "hidden=" + status.hiddenEntries(),
            "fingerprint=%016x".formatted(status.fingerprint()),
            "clockConfirmed=" + status.clockConfirmed(),
            "inSync=" + status.isInSync(),
            "members=" + status.members().size(),
            "degraded=" + status.isDegraded(),
            "damages=" + damages(status)),
        status.counters().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()));
  }

  private static int damages(MapStatus status) {
    StorageStatus storage = status.storage();
    return storage == null ? 0 : storage.recovery().damages().size();
  }

  static StatusLine parse(ControlLine line) {
    List<String> tokens = line.tokens().stream().map(String::valueOf).toList();
    return new StatusLine(
        tokens.stream()
            .map(token -> token.split("=", 2))
            .collect(Collectors.toMap(p -> p[0], p -> p[1], (a, b) -> b, TreeMap::new)));
  }

  /** A number by its name: {@code size}, {@code tombstones}, a counter. */
  public long number(String name) {
    return Long.parseLong(text(name));
  }

  /** Fingerprint of the entries that do not expire. */
  public String fingerprint() {
    return text("fingerprint");
  }

  /** Whether every other host is known to hold the same. */
  public boolean isInSync() {
    return Boolean.parseBoolean(text("inSync"));
  }

  /** Whether the node's clock agrees with the others'. */
  public boolean isClockConfirmed() {
    return Boolean.parseBoolean(text("clockConfirmed"));
  }

  /** Whether the map takes no writes because its disk fails. */
  public boolean isDegraded() {
    return Boolean.parseBoolean(text("degraded"));
  }

  private String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No %s in %s".formatted(name, values));
    }
    return value;
  }
}
