package io.p2pmap.cluster;

import static io.p2pmap.cluster.NodeCommands.done;

import io.p2pmap.cluster.NodeCommands.Command;
import io.p2pmap.cluster.NodeOptions.Option;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The commands for work that is written down, and for what it costs. Threading: any thread. */
final class WorkCommands {

  private static final String POOL = "p2pmap-jgroups-";

  private final NodeOptions options;
  private final Supplier<HostedNode> node;
  private final AtomicLong numbers = new AtomicLong();
  private volatile @Nullable Workload workload;
  private volatile @Nullable Thread worker;

  private WorkCommands(NodeOptions options, Supplier<HostedNode> node) {
    this.options = options;
    this.node = node;
  }

  static void addTo(Map<String, Command> commands, NodeOptions options, Supplier<HostedNode> node) {
    WorkCommands own = new WorkCommands(options, node);
    commands.put("work", a -> done(() -> own.begin(a)));
    commands.put("work-stop", a -> own.end());
    commands.put("work-done", a -> ControlLine.of(own.current().blocked().calls()));
    commands.put("usage", a -> usage());
    commands.put("log-threads", a -> done(WorkCommands::logThreads));
    commands.put("history-restart", a -> done(() -> node.get().history().restart()));
    commands.put("transfers", a -> own.transfers());
    commands.put("ignore", a -> done(() -> node.get().faults().ignore(a.texts())));
    commands.put("lose", a -> done(() -> node.get().faults().lose(Double.parseDouble(a.text(0)))));
    commands.put("shuffle", a -> done(() -> node.get().faults().shuffleAndDuplicate()));
    commands.put("force-view", a -> done(() -> node.get().faults().forceView(a.texts())));
  }

  /** map, operations a second, length of a value, keys, seed. */
  private void begin(ControlLine arguments) {
    Workload.Plan plan =
        new Workload.Plan(
            options.text(Option.NODE) + "." + options.text(Option.RUN),
            arguments.integer(1),
            arguments.integer(2),
            arguments.integer(3),
            arguments.number(4));
    Workload begun =
        new Workload(node.get().map(arguments.text(0)), node.get().history(), numbers, plan);
    Thread thread = new Thread(begun, "workload");
    thread.setDaemon(true);
    thread.start();
    workload = begun;
    worker = thread;
  }

  private ControlLine end() throws InterruptedException {
    Workload ended = current();
    ended.stop();
    Objects.requireNonNull(worker).join();
    return ended.blocked().toLine();
  }

  /** How many transfers were sent to the node of each name: {@code b=2}. */
  private ControlLine transfers() {
    return ControlLine.of(
        node.get().faults().transfers().entrySet().stream()
            .map(count -> count.getKey() + "=" + count.getValue())
            .toArray());
  }

  /** For the question why a node does not go on. */
  private static void logThreads() {
    for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
      System.err.println(thread.toString().split("\\R", 2)[0]);
      for (StackTraceElement frame : thread.getStackTrace()) {
        System.err.println("\tat " + frame);
      }
    }
  }

  private Workload current() {
    return Objects.requireNonNull(workload, "There is no work");
  }

  /**
   * Bytes of heap that are in use after a collection, and the number of threads outside JGroups'
   * pool, which grows and shrinks with the load, within its limit.
   */
  private static ControlLine usage() {
    System.gc();
    return ControlLine.of(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.getName().startsWith(POOL))
            .count());
  }
}
