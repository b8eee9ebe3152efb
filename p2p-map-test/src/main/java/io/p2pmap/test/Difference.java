package io.p2pmap.test;

import io.p2pmap.EntryInfo;
import io.p2pmap.MapStatus;
import io.p2pmap.ReplicatedMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says in which entries replicas differ, and what their nodes know of each other. */
final class Difference {

  private static final int MAX_KEYS = 10;
  private static final int MAX_VALUE_LENGTH = 80;

  private final Map<String, ReplicatedMap<?, ?>> replicas;

  Difference(Map<String, ReplicatedMap<?, ?>> replicas) {
    this.replicas = replicas;
  }

  String text() {
    List<String> lines =
        keysByText().entrySet().stream()
            .filter(key -> differs(key.getValue()))
            .map(key -> "key '%s': %s".formatted(key.getKey(), states(key.getValue())))
            .toList();
    String entries =
        lines.isEmpty()
            ? "\n  the visible entries are equal"
            : lines.stream().limit(MAX_KEYS).map("\n  "::concat).collect(Collectors.joining());
    String more =
        lines.size() > MAX_KEYS ? "\n  … and %d keys more".formatted(lines.size() - MAX_KEYS) : "";
    String nodes =
        replicas.entrySet().stream()
            .map(replica -> "\n  " + node(replica.getKey(), replica.getValue().status()))
            .collect(Collectors.joining());
    return entries + more + nodes;
  }

  private Map<String, Object> keysByText() {
    Map<String, Object> keys = new TreeMap<>();
    replicas.values().forEach(map -> map.asMap().keySet().forEach(key -> keys.put("" + key, key)));
    return keys;
  }

  private boolean differs(Object key) {
    Set<String> states = new HashSet<>();
    replicas.values().forEach(map -> states.add(state(map, key)));
    return states.size() > 1;
  }

  private String states(Object key) {
    return replicas.entrySet().stream()
        .map(replica -> "%s has %s".formatted(replica.getKey(), state(replica.getValue(), key)))
        .collect(Collectors.joining(", "));
  }

  @SuppressWarnings("unchecked") // the key is one of a replica of the same map
  private static <K> String state(ReplicatedMap<K, ?> map, Object key) {
    return map.entry((K) key).map(Difference::describe).orElse("nothing");
  }

  private static String describe(EntryInfo<?, ?> entry) {
    String value = String.valueOf(entry.value());
    return "'%s' (by %s at %s)"
        .formatted(
            value.length() > MAX_VALUE_LENGTH ? value.substring(0, MAX_VALUE_LENGTH) + "…" : value,
            entry.writer(),
            entry.writtenAt());
  }

  private static String node(String name, MapStatus status) {
    String others =
        status.members().stream()
            .map(other -> other.member().name() + " " + other.agreement())
            .collect(Collectors.joining(", "));
    return "%s: %s, %d entries, fingerprint %016x, sees %s"
        .formatted(
            name,
            status.state(),
            status.size(),
            status.fingerprint(),
            others.isEmpty() ? "nobody with this map" : others);
  }
}
