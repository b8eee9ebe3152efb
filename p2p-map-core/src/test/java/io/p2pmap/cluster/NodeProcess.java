package io.p2pmap.cluster;

import io.p2pmap.cluster.NodeOptions.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A node in a process of its own, driven through its standard streams. Its log goes to a file. It
 * ends with this process at the latest.
 *
 * <p>Threading: any thread.
 */
public final class NodeProcess implements AutoCloseable {

  private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(10);
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "p2pmap-cluster-end"));
  }

  private final String name;
  private final String run;
  private final Process process;
  private final ControlChannel channel;

  private NodeProcess(NodeOptions options, Process process) {
    this.name = options.text(Option.NODE);
    this.run = name + "." + options.text(Option.RUN);
    this.process = process;
    this.channel = new ControlChannel(name, process);
  }

  /** Launches a process whose node is not started; returns at once. */
  static NodeProcess launch(
      List<String> launcher, NodeOptions options, Path log, List<String> jvmOptions) {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(NodeMain.class.getName());
    command.addAll(options.toArguments());
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      RUNNING.add(process);
      process.onExit().thenAccept(RUNNING::remove);
      return new NodeProcess(options, process);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't launch " + command, e);
    }
  }

  /** Name of the node. */
  public String name() {
    return name;
  }

  /** Name of the node, with the number of this run. */
  String run() {
    return run;
  }

  /** One of the node's maps; see {@link TestMaps}. */
  public RemoteMap map(String map) {
    return new RemoteMap(this, map);
  }

  /** Starts the node; returns how long that took. */
  public Duration start() {
    return Duration.ofNanos(call("start").number(0));
  }

  /** Closes the node gracefully, not the process; returns how long that took. */
  public Duration closeNode() {
    return Duration.ofNanos(call("close").number(0));
  }

  /** Closes the node if it runs, and makes a new one in the same process, not started. */
  public void renew() {
    call("renew");
  }

  /** Like {@link #renew}, but the new node binds to another address or port. */
  public void move(String address, int firstPort) {
    call("move", address, firstPort);
  }

  /** From now on the node looks for others; for nodes that did not from the start. */
  public void reveal() {
    call("reveal");
  }

  /** Puts the node's clock off by {@code offset}. */
  public void clockOffset(Duration offset) {
    call("clock", offset);
  }

  /** Names of all nodes in the node's view, its own first. */
  public List<String> members() {
    return call("members").tokens().stream().map(String::valueOf).toList();
  }

  ControlLine call(Object... request) {
    return channel.call(request);
  }

  /** Kills the process, as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Closes the node gracefully, and ends the process. */
  public void end() {
    closeNode();
    kill();
  }

  /** Waits for the process to end by itself. */
  public void awaitExit() {
    try {
      if (!process.waitFor(EXIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("Process of node %s does not end".formatted(name));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Stops the process where it is, as a long garbage collection would; not on Windows. */
  public void pause() {
    signal("STOP");
  }

  /** Lets a paused process go on. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("Can't send %s to node %s".formatted(signal, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Processor time that the process has used. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the process if it still runs. */
  @Override
  public void close() {
    kill();
  }

  @Override
  public String toString() {
    return name;
  }
}
