package io.p2pmap.benchmarks.cluster;

import io.p2pmap.benchmarks.systems.MapSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Three members of one system, in one process or in three. Threading: one thread. */
final class Cluster implements AutoCloseable {

  static final int MEMBERS = 3;

  private static final AtomicInteger NEXT_PORT = new AtomicInteger(21_000);

  private final MapSystem system;
  private final List<ChildProcess> children = new ArrayList<>();
  private long round;

  private Cluster(MapSystem system) {
    this.system = system;
  }

  static Cluster inOneProcess(MapSystem system, ChildProcess.Network network) throws IOException {
    Cluster cluster = new Cluster(system);
    List<Integer> all = IntStream.range(0, MEMBERS).boxed().toList();
    cluster.children.add(new ChildProcess(system, nextPort(), MEMBERS, all, network, "2g"));
    return cluster;
  }

  static Cluster inThreeProcesses(MapSystem system) throws IOException {
    Cluster cluster = new Cluster(system);
    int port = nextPort();
    for (int i = 0; i < MEMBERS; i++) {
      cluster.children.add(
          new ChildProcess(system, port, MEMBERS, List.of(i), ChildProcess.Network.SHARED));
    }
    return cluster;
  }

  static int nextPort() {
    return NEXT_PORT.getAndAdd(10);
  }

  MapSystem system() {
    return system;
  }

  Answer ask(String command) {
    return children.get(0).ask(command);
  }

  /** One round of {@link Round}: nanoseconds until all hold all, CPU of all, times of the calls. */
  Answer throughput(int count, int writers) {
    String command = "throughput %d %d %d".formatted(++round, count, writers);
    children.forEach(child -> child.tell(command)); // all work at the same time
    List<Answer> answers = children.stream().map(ChildProcess::answer).toList();
    // On Linux all processes share the clock of System.nanoTime.
    long start = answers.stream().mapToLong(a -> a.get("start")).min().orElseThrow();
    long held = answers.stream().mapToLong(a -> a.get("held")).max().orElseThrow();
    long cpu = answers.stream().mapToLong(a -> a.get("cpu")).sum();
    Answer writer = answers.get(0);
    return Answer.of(
        "nanos", held - start,
        "cpu", cpu,
        "p50", writer.get("p50"),
        "p99", writer.get("p99"),
        "max", writer.get("max"));
  }

  long cpuNanos() {
    return children.stream().mapToLong(child -> child.ask("cpu").get("cpu")).sum();
  }

  @Override
  public void close() {
    children.forEach(ChildProcess::close);
  }
}
