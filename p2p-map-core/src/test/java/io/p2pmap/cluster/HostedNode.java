package io.p2pmap.cluster;

import io.p2pmap.NodeSecurity;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.cluster.NodeOptions.Option;
import io.p2pmap.internal.transport.jgroups.TransportFaults;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The node in a process: its maps, its clock, and what its listeners were told. */
final class HostedNode {

  private final OffsetClock clock;
  private final ReplicatedMaps maps;
  private final Map<String, ReplicatedMap<String, String>> byName;
  private final Map<String, EventLog> logs = new ConcurrentHashMap<>();
  private final NodeOptions options;
  private final @Nullable HistoryWriter history;
  private volatile boolean looksForOthers;
  private @Nullable TransportFaults faults;

  /** A node that is not started, with its maps open. */
  HostedNode(NodeOptions options, OffsetClock clock) {
    this.options = options;
    this.clock = clock;
    this.looksForOthers = options.isSet(Option.LOOKS_FOR_OTHERS);
    this.maps = builder(options).build();
    this.byName =
        TestMaps.specs(options).stream()
            .map(maps::open)
            .collect(Collectors.toMap(ReplicatedMap::name, map -> map));
    String file = options.text(Option.HISTORY);
    this.history = file.isEmpty() ? null : new HistoryWriter(Path.of(file));
    if (history != null) {
      map(TestMaps.PLAIN).subscribe(history);
    }
  }

  private ReplicatedMaps.Builder builder(NodeOptions options) {
    ReplicatedMaps.Builder builder =
        ReplicatedMaps.builder()
            .clusterName(options.text(Option.CLUSTER))
            .nodeName(options.text(Option.NODE))
            .bindAddress(options.address(Option.ADDRESS))
            .bindPort(options.integer(Option.FIRST_PORT))
            .portRange(options.integer(Option.MORE_PORTS))
            .syncInterval(options.duration(Option.SYNC_INTERVAL))
            .startupTimeout(options.duration(Option.STARTUP_TIMEOUT))
            .maxClockDrift(options.duration(Option.MAX_CLOCK_DRIFT))
            .storageDirectory(Path.of(options.text(Option.STORAGE)))
            .clock(clock);
    String secret = options.text(Option.SECRET);
    if (secret.isEmpty()) {
      builder.allowPlaintext(true); // a network of this test's own
    } else {
      builder.security(NodeSecurity.sharedSecret(secret));
    }
    String discovery = options.text(Option.DISCOVERY);
    if (!discovery.equals("local")) {
      builder.discovery(Discoveries.parse(discovery).orElse(this::candidates));
    }
    return builder;
  }

  private List<InetSocketAddress> candidates() {
    int first = options.integer(Option.FIRST_PORT);
    int last = first + options.integer(Option.MORE_PORTS);
    return looksForOthers
        ? options.otherAddresses().stream()
            .flatMap(
                host ->
                    IntStream.rangeClosed(first, last)
                        .mapToObj(port -> new InetSocketAddress(host, port)))
            .toList()
        : List.of();
  }

  OffsetClock clock() {
    return clock;
  }

  ReplicatedMaps maps() {
    return maps;
  }

  ReplicatedMap<String, String> map(String name) {
    ReplicatedMap<String, String> map = byName.get(name);
    if (map == null) {
      throw new IllegalArgumentException("There is no map '%s'".formatted(name));
    }
    return map;
  }

  /** What was told to the listener of a map that was subscribed last. */
  EventLog log(String map) {
    EventLog log = logs.get(map);
    if (log == null) {
      throw new IllegalStateException("Nothing has subscribed to map '%s'".formatted(map));
    }
    return log;
  }

  void record(String map, EventLog log) {
    logs.put(map, log);
  }

  /** Where the work on {@link TestMaps#PLAIN} and its events are written down. */
  HistoryWriter history() {
    if (history == null) {
      throw new IllegalStateException("There is no history; set the option HISTORY");
    }
    return history;
  }

  /** Faults of the node's own protocol stack, once it is started. */
  synchronized TransportFaults faults() {
    if (faults == null) {
      faults = TransportFaults.of(maps, TestMaps.PLAIN);
    }
    return faults;
  }

  /** From now on the node looks for others. */
  void reveal() {
    looksForOthers = true;
  }
}
