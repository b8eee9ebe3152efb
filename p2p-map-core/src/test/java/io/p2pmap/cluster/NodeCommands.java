package io.p2pmap.cluster;

import io.p2pmap.Member;
import io.p2pmap.cluster.NodeOptions.Option;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a node's process can be told to do. Threading: any thread. */
final class NodeCommands {

  /** Takes arguments, and answers when it is done. */
  @FunctionalInterface
  interface Command {
    ControlLine run(ControlLine arguments) throws Exception;
  }

  /** A part of a command that has no answer of its own. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private static final ControlLine DONE = ControlLine.of();

  private final NodeOptions options;
  private final Map<String, Command> commands = new LinkedHashMap<>();
  private volatile HostedNode node;

  NodeCommands(NodeOptions options) {
    this.options = options;
    this.node = new HostedNode(options, new OffsetClock());
    commands.put("start", a -> timed(() -> node.maps().start()));
    commands.put("close", a -> timed(() -> node.maps().close()));
    commands.put("renew", a -> done(() -> renew(options)));
    commands.put("move", a -> done(() -> renew(moved(a))));
    commands.put("reveal", a -> done(() -> node.reveal()));
    commands.put("clock", a -> done(() -> node.clock().setOffset(Duration.parse(a.text(0)))));
    commands.put("members", a -> members());
    commands.put("puts-close", a -> timed(() -> putsClose(a)));
    MapCommands.addTo(commands, () -> node);
    WorkCommands.addTo(commands, options, () -> node);
  }

  ControlLine run(String name, ControlLine arguments) throws Exception {
    Command command = commands.get(name);
    if (command == null) {
      throw new IllegalArgumentException("There is no command '%s'".formatted(name));
    }
    return command.run(arguments);
  }

  static ControlLine done(Work work) throws Exception {
    work.run();
    return DONE;
  }

  /** Answers how many nanoseconds the work took. */
  static ControlLine timed(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return ControlLine.of(System.nanoTime() - start);
  }

  /** A fresh node in the same process, like a restart, but with a warm JVM. */
  private void renew(NodeOptions options) {
    node.maps().close();
    node = new HostedNode(options, node.clock());
  }

  private NodeOptions moved(ControlLine arguments) {
    return options
        .with(Option.ADDRESS, arguments.text(0))
        .with(Option.FIRST_PORT, arguments.text(1));
  }

  private ControlLine members() {
    return ControlLine.of(node.maps().members().stream().map(Member::name).toArray());
  }

  private void putsClose(ControlLine arguments) {
    MapCommands.numbered(arguments).forEach(node.map(arguments.text(0))::put);
    node.maps().close();
  }
}
