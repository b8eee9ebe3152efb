package io.p2pmap.cluster;

import static io.p2pmap.cluster.NodeCommands.done;
import static io.p2pmap.cluster.NodeCommands.timed;

import io.p2pmap.Reach;
import io.p2pmap.Replay;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.cluster.NodeCommands.Command;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The commands whose first argument is a map. Threading: any thread. */
final class MapCommands {

  private static final int OPERATIONS_BETWEEN_PAUSES = 50;

  private final Supplier<HostedNode> node;

  private MapCommands(Supplier<HostedNode> node) {
    this.node = node;
  }

  static void addTo(Map<String, Command> commands, Supplier<HostedNode> node) {
    MapCommands own = new MapCommands(node);
    own.addWrites(commands);
    own.addReads(commands);
    own.addWaits(commands);
  }

  private void addWrites(Map<String, Command> commands) {
    commands.put("put", a -> done(() -> map(a).put(a.text(1), a.text(2))));
    commands.put(
        "put-for", a -> done(() -> map(a).put(a.text(1), a.text(2), Duration.parse(a.text(3)))));
    commands.put("remove", a -> ControlLine.of(map(a).remove(a.text(1))));
    commands.put("clear", a -> done(() -> map(a).clear()));
    commands.put("removes", a -> done(() -> numbered(a).keySet().forEach(map(a)::remove)));
    commands.put("count-up", a -> done(() -> AcknowledgedWork.start(map(a), a)));
    commands.put("load", a -> done(() -> map(a).putAll(numbered(a))));
    commands.put("puts", a -> timed(() -> numbered(a).forEach(map(a)::put)));
    commands.put("triples", a -> timed(() -> numbered(a).keySet().forEach(k -> triple(a, k))));
    commands.put("conflict", a -> timed(() -> conflict(a)));
  }

  private void addReads(Map<String, Command> commands) {
    commands.put("get", a -> ControlLine.of(map(a).get(a.text(1))));
    commands.put("size", a -> ControlLine.of(map(a).size()));
    commands.put("dump", a -> DumpedEntry.dump(map(a)));
    commands.put("status", a -> ControlLine.of(StatusLine.print(map(a).status()).toArray()));
    commands.put("subscribe", a -> done(() -> subscribe(a)));
    commands.put("events", a -> node.get().log(a.text(0)).toLine());
    commands.put("event-count", a -> ControlLine.of(node.get().log(a.text(0)).count()));
  }

  private void addWaits(Map<String, Command> commands) {
    commands.put(
        "await-in-sync", a -> ControlLine.of(map(a).awaitInSync(Duration.parse(a.text(1)))));
    commands.put("replicated", a -> timed(() -> awaitReplicated(a)));
    commands.put("puts-replicated-halt", a -> done(() -> putsReplicatedHalt(a)));
  }

  private ReplicatedMap<String, String> map(ControlLine arguments) {
    return node.get().map(arguments.text(0));
  }

  /**
   * map, prefix, from, count, and perhaps a length: keys such as {@code prefix-00017} with the
   * value {@code 17}, filled up with blanks to that length.
   */
  static Map<String, String> numbered(ControlLine arguments) {
    Map<String, String> entries = new LinkedHashMap<>();
    int from = arguments.integer(2);
    String padded = arguments.size() > 4 ? "%-" + arguments.integer(4) + "d" : "%d";
    for (int i = from; i < from + arguments.integer(3); i++) {
      entries.put("%s-%05d".formatted(arguments.text(1), i), padded.formatted(i));
    }
    return entries;
  }

  private void triple(ControlLine arguments, String key) {
    ReplicatedMap<String, String> map = map(arguments);
    map.put(key, "1");
    map.put(key, "2");
    map.put(key, "3");
  }

  /** map, seed, operations, keys: random puts and removes, with pauses so that nodes interleave. */
  private void conflict(ControlLine arguments) {
    ReplicatedMap<String, String> map = map(arguments);
    Random random = new Random(arguments.number(1));
    for (int i = 0; i < arguments.integer(2); i++) {
      String key = "key-" + random.nextInt(arguments.integer(3));
      if (random.nextInt(3) == 0) {
        map.remove(key);
      } else {
        map.put(key, arguments.text(1) + "/" + i);
      }
      if (i % OPERATIONS_BETWEEN_PAUSES == 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }

  private void subscribe(ControlLine arguments) {
    EventLog log = new EventLog();
    map(arguments).subscribe(log, Replay.valueOf(arguments.text(1)));
    node.get().record(arguments.text(0), log);
  }

  private void awaitReplicated(ControlLine arguments) throws Exception {
    Duration timeout = Duration.parse(arguments.text(2));
    map(arguments)
        .whenReplicated(Reach.valueOf(arguments.text(1)))
        .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The process ends, as if it was killed, in the instant in which its writes are replicated. */
  private void putsReplicatedHalt(ControlLine arguments) throws Exception {
    numbered(arguments).forEach(map(arguments)::put);
    map(arguments)
        .whenReplicated(Reach.ALL)
        .thenRun(() -> Runtime.getRuntime().halt(0))
        .get(1, TimeUnit.MINUTES);
  }
}
