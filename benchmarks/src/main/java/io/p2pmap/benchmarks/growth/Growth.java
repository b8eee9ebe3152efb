package io.p2pmap.benchmarks.growth;

import io.p2pmap.ReplicatedMap;
import io.p2pmap.benchmarks.report.LineChart;
import io.p2pmap.benchmarks.report.Machine;
import io.p2pmap.benchmarks.report.Report;
import io.p2pmap.internal.engine.VirtualCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How this library's cost grows: with members, entries, the size of values, and the rate. */
public final class Growth {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final long POLL_NANOS = 20_000;

  private final Report report;

  /** Creates the measurements of a report. */
  public Growth(Report report) {
    this.report = report;
  }

  /** Messages and bytes of idle nodes, in virtual time: exact. */
  public void members(int most) {
    LineChart chart = new LineChart("Idle cluster, received by each node in a second", "members");
    LineChart joins = new LineChart("One node joins, received by each other node", "members");
    for (int members = 2; members <= most; members = next(members, most)) {
      VirtualCluster cluster = new VirtualCluster(INTERVAL);
      cluster.add(members - 1).get(0).put("k", new byte[100]);
      cluster.run(INTERVAL);
      cluster.resetCounts();
      cluster.add();
      cluster.settle();
      joins.point("messages", members, (double) cluster.messages() / members);
      joins.point("bytes", members, (double) cluster.bytes() / members);
      cluster.run(INTERVAL);
      cluster.resetCounts();
      int seconds = Math.max(100, 2 * members * 5 / 16);
      cluster.run(Duration.ofSeconds(seconds));
      chart.point("messages", members, (double) cluster.messages() / members / seconds);
      chart.point("bytes", members, (double) cluster.bytes() / members / seconds);
      System.out.println("members " + members);
    }
    add("growth-members-idle.svg", chart);
    add("growth-members-join.svg", joins);
  }

  private static int next(int members, int most) {
    return members < most ? Math.min(most, members * 2) : most + 1;
  }

  /** Bytes of a digest and of the repair of 100 missed changes, in virtual time: exact. */
  public void entries(int most) {
    LineChart chart = new LineChart("Three nodes, bytes against entries", "entries");
    for (int entries = 1_000; entries <= most; entries *= 10) {
      VirtualCluster cluster = new VirtualCluster(INTERVAL);
      List<VirtualCluster.Node> nodes = cluster.add(3);
      for (int i = 0; i < entries; i++) {
        nodes.get(0).put(key(i), new byte[100]);
        if (i % 300 == 0) {
          cluster.settle();
        }
      }
      cluster.run(INTERVAL.multipliedBy(3));
      cluster.resetCounts();
      cluster.run(INTERVAL.multipliedBy(100));
      chart.point("a digest", entries, (double) cluster.bytes() / cluster.messages());
      nodes.get(2).cut();
      for (int i = 0; i < 100; i++) {
        nodes.get(0).put(key(i), new byte[100]);
      }
      cluster.settle();
      nodes.get(2).heal();
      cluster.resetCounts();
      cluster.run(INTERVAL.multipliedBy(2));
      chart.point("100 missed changes repaired", entries, cluster.bytes());
      cluster.resetCounts();
      cluster.add();
      cluster.settle();
      chart.point("a join", entries, cluster.bytes());
      System.out.println("entries " + entries);
    }
    add("growth-entries.svg", chart);
  }

  /** Time and CPU of a write with real threads and without sockets, for more and more members. */
  public void threads(int most) {
    LineChart chart = new LineChart("One writer, no sockets, one process", "members");
    for (int members = 2; members <= most; members *= 2) {
      try (MemoryNodes nodes = new MemoryNodes(members)) {
        int count = 200_000 / members;
        write(nodes, count, 100);
        long cpu = Machine.ownNanos();
        double nanos = write(nodes, count, 100);
        chart.point("writes/s, until all hold all", members, count * 1e9 / nanos);
        chart.point(
            "CPU ns a write and member",
            members,
            (double) (Machine.ownNanos() - cpu) / count / members);
        System.out.println("threads " + members);
      }
    }
    add("growth-members-writes.svg", chart);
  }

  /** Three members, values from 10 bytes to a megabyte. */
  public void values() {
    LineChart chart = new LineChart("One writer, three members, no sockets", "bytes of a value");
    try (MemoryNodes nodes = new MemoryNodes(3)) {
      for (int bytes = 10; bytes <= 1_000_000; bytes *= 10) {
        int count = Math.min(50_000, 50_000_000 / bytes);
        write(nodes, count, bytes);
        double nanos = write(nodes, count, bytes);
        chart.point("writes/s", bytes, count * 1e9 / nanos);
        chart.point("kB/s", bytes, (double) count * bytes * 1e6 / nanos);
        System.out.println("values " + bytes);
      }
    }
    add("growth-values.svg", chart);
  }

  /** How many entries leave in one message when one node writes ever faster; in virtual time. */
  public void rate() {
    LineChart chart = new LineChart("Three nodes, a message a millisecond at most", "writes/s");
    for (int rate = 100; rate <= 1_000_000; rate *= 10) {
      VirtualCluster cluster = new VirtualCluster(INTERVAL);
      List<VirtualCluster.Node> nodes = cluster.add(3);
      cluster.run(INTERVAL);
      cluster.resetCounts();
      int writes = 0;
      for (int millis = 0; millis < 1_000; millis++) {
        for (; writes < (long) rate * (millis + 1) / 1_000; writes++) {
          nodes.get(0).put(key(writes % 10_000), new byte[100]);
        }
        cluster.settle();
      }
      chart.point("messages/s to each", rate, cluster.messages() / 2.0);
      chart.point("bytes a write to each", rate, cluster.bytes() / 2.0 / writes);
      System.out.println("rate " + rate);
    }
    add("growth-rate.svg", chart);
  }

  private void add(String name, LineChart chart) {
    report.chart(name, chart.toSvg());
    report.table(name, chart.toMarkdown());
  }

  private static String key(int number) {
    return "key-%012d".formatted(number);
  }

  private static double write(MemoryNodes nodes, int count, int valueBytes) {
    ReplicatedMap<String, String> writer = nodes.maps().get(0);
    String value = Long.toString(System.nanoTime()).substring(4) + "v".repeat(valueBytes);
    value = value.substring(0, valueBytes);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      writer.put(key(i), value);
    }
    for (ReplicatedMap<String, String> map : nodes.maps()) {
      while (!value.equals(map.get(key(count - 1)))) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
    return System.nanoTime() - start;
  }
}
