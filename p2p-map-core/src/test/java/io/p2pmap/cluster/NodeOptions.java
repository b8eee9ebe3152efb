package io.p2pmap.cluster;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How a node's process is configured: a text an option, so that it travels as arguments. */
public record NodeOptions(Map<Option, String> values) {

  /** What can be configured, each with its default. */
  public enum Option {
    /** Name of the cluster. */
    CLUSTER("test"),
    /** Name of the node. */
    NODE("node"),
    /** How often a node of this name was launched before, and this time. */
    RUN("1"),
    /** Where the node is bound. */
    ADDRESS("127.0.0.1"),
    /** Addresses where others may be, separated by commas; empty: its own. */
    OTHER_ADDRESSES(""),
    /** File for what the node did and was told; empty: none. */
    HISTORY(""),
    /** First port that is tried. */
    FIRST_PORT("0"),
    /** How many more ports are tried. */
    MORE_PORTS("9"),
    /**
     * How to find others: as the product does by itself ({@code local}), or see {@link
     * Discoveries}.
     */
    DISCOVERY(""),
    /** Whether the node looks for others from the start, or only after {@code reveal}. */
    LOOKS_FOR_OTHERS("true"),
    /** How often nodes compare their contents. */
    SYNC_INTERVAL("PT1S"),
    /** How long a start waits to catch up. */
    STARTUP_TIMEOUT("PT20S"),
    /** How far a confirmed clock may be off. */
    MAX_CLOCK_DRIFT("PT1M"),
    /** How long entries of the expiring map live. */
    TIME_TO_LIVE("PT1H"),
    /** How long an absent node is waited for. */
    TOMBSTONE_TTL("PT1H"),
    /** How often tombstones and expired entries are looked for. */
    SCAN_INTERVAL("PT0.2S"),
    /** Shared secret of the cluster; plaintext without. */
    SECRET(""),
    /** Directory of the persisted map; there is none without. */
    STORAGE("");

    private final String defaultValue;

    Option(String defaultValue) {
      this.defaultValue = defaultValue;
    }
  }

  /** Copies the values. */
  public NodeOptions {
    values = Collections.unmodifiableMap(new EnumMap<>(values));
  }

  /** Every option at its default. */
  public static NodeOptions defaults() {
    return new NodeOptions(new EnumMap<>(Option.class));
  }

  /** These options with one changed. */
  public NodeOptions with(Option option, Object value) {
    Map<Option, String> changed = new EnumMap<>(Option.class);
    changed.putAll(values);
    changed.put(option, value.toString());
    return new NodeOptions(changed);
  }

  String text(Option option) {
    return values.getOrDefault(option, option.defaultValue);
  }

  int integer(Option option) {
    return Integer.parseInt(text(option));
  }

  boolean isSet(Option option) {
    return Boolean.parseBoolean(text(option));
  }

  Duration duration(Option option) {
    return Duration.parse(text(option));
  }

  InetAddress address(Option option) {
    return Addresses.of(text(option));
  }

  List<InetAddress> otherAddresses() {
    String others = text(Option.OTHER_ADDRESSES);
    return others.isEmpty()
        ? List.of(address(Option.ADDRESS))
        : Stream.of(others.split(",")).map(Addresses::of).toList();
  }

  List<String> toArguments() {
    return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  static NodeOptions ofArguments(String... arguments) {
    NodeOptions options = defaults();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      Option option = Option.valueOf(argument.substring(0, equals));
      options = options.with(option, argument.substring(equals + 1));
    }
    return options;
  }
}
