package io.p2pmap.benchmarks.cluster;

import io.p2pmap.benchmarks.report.BarChart;
import io.p2pmap.benchmarks.report.Comparison;
import io.p2pmap.benchmarks.report.Machine;
import io.p2pmap.benchmarks.report.Report;
import io.p2pmap.benchmarks.systems.MapSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured of clusters. Every system has processes of its own; they take turns, so that
 * whatever else happens on the machine hits all of them alike.
 */
public final class Suites {

  private static final int MIN_WARM_UP_ROUNDS = 8;
  private static final int MAX_WARM_UP_ROUNDS = 24;
  private static final long WARM_UP_NANOS = 10_000_000_000L;
  private static final double NANOS = 1e9;

  private final Report report;
  private final List<MapSystem> systems;
  private final int rounds;

  /** Creates suites that compare {@code systems} in so many rounds. */
  public Suites(Report report, List<MapSystem> systems, int rounds) {
    this.report = report;
    this.systems = systems;
    this.rounds = rounds;
  }

  /** How fast one and two members can write, in one process or in three. */
  public void throughput(boolean inThreeProcesses) throws IOException {
    String where = inThreeProcesses ? "three processes" : "one process";
    List<Cluster> clusters = new ArrayList<>();
    try {
      for (MapSystem system : systems) {
        clusters.add(
            inThreeProcesses
                ? Cluster.inThreeProcesses(system)
                : Cluster.inOneProcess(system, ChildProcess.Network.SHARED));
      }
      clusters.forEach(Suites::warmUp);
      throughput(clusters, 1, where);
      throughput(clusters.stream().filter(c -> c.system().isReplicated()).toList(), 2, where);
    } finally {
      clusters.forEach(Cluster::close);
    }
  }

  /** More rounds for fast systems, whose rounds are short. */
  private static void warmUp(Cluster cluster) {
    long start = System.nanoTime();
    for (int i = 0; i < MAX_WARM_UP_ROUNDS; i++) {
      if (i >= MIN_WARM_UP_ROUNDS && System.nanoTime() - start > WARM_UP_NANOS) {
        return;
      }
      int writers = cluster.system().isReplicated() ? 1 + i % 2 : 1;
      cluster.throughput(cluster.system().entriesPerRound(), writers);
    }
  }

  private void throughput(List<Cluster> clusters, int writers, String where) {
    String who = writers == 1 ? "1 writer" : writers + " writers";
    String what = "until all members hold all, %s, %s".formatted(who, where);
    Comparison rate = report.compare("Writes a second " + what, "1/s");
    Comparison cpu = report.compare("CPU of all members per entry, " + who + ", " + where, "µs");
    Comparison p50 = report.compare("Duration of put, p50, " + who + ", " + where, "µs");
    Comparison p99 = report.compare("Duration of put, p99, " + who + ", " + where, "µs");
    Comparison max = report.compare("Duration of put, longest, " + who + ", " + where, "µs");
    OtherLoad load = new OtherLoad(clusters);
    for (int round = 0; round < rounds; round++) {
      for (Cluster cluster : clusters) {
        int count = cluster.system().entriesPerRound();
        Answer answer = cluster.throughput(count, writers);
        String system = cluster.system().title();
        rate.add(system, count * NANOS / answer.get("nanos"));
        cpu.add(system, answer.get("cpu") / 1e3 / count);
        p50.add(system, answer.get("p50") / 1e3);
        p99.add(system, answer.get("p99") / 1e3);
        max.add(system, answer.get("max") / 1e3);
      }
    }
    report.note("throughput, %s, %s: other load %s".formatted(who, where, load.percent()));
    BarChart chart = new BarChart("Writes a second " + what);
    clusters.forEach(c -> chart.bar(c.system().title(), rate.spread(c.system().title())));
    report.chart("throughput-%d-%s.svg".formatted(writers, where.replace(' ', '-')), chart.toSvg());
  }

  /** How long after its put the other two members show a value, one in flight. */
  public void visibility(int samples) throws IOException {
    Comparison p50 = report.compare("Visible on both other members after, p50", "µs");
    Comparison p90 = report.compare("Visible on both other members after, p90", "µs");
    Comparison p99 = report.compare("Visible on both other members after, p99", "µs");
    Comparison misses = report.compare("Own write not readable when put returned", "of samples");
    List<Cluster> clusters = open(systems.stream().filter(MapSystem::isReplicated).toList());
    try {
      clusters.forEach(cluster -> cluster.ask("visibility " + samples));
      OtherLoad load = new OtherLoad(clusters);
      for (int round = 0; round < rounds; round++) {
        for (Cluster cluster : clusters) {
          Answer answer = cluster.ask("visibility " + samples);
          String system = cluster.system().title();
          p50.add(system, answer.get("p50") / 1e3);
          p90.add(system, answer.get("p90") / 1e3);
          p99.add(system, answer.get("p99") / 1e3);
          misses.add(system, answer.get("misses"));
        }
      }
      report.note("visibility, %d samples: other load %s".formatted(samples, load.percent()));
    } finally {
      clusters.forEach(Cluster::close);
    }
  }

  /** How long a third member takes until it holds all. */
  public void join(int entries) throws IOException {
    Comparison held =
        report.compare("Join with %,d entries, until all held".formatted(entries), "ms");
    Comparison empty = report.compare("Start with %,d entries".formatted(entries), "ms");
    List<MapSystem> joinable =
        systems.stream().filter(s -> s.isReplicated() && s != MapSystem.BARE_JGROUPS).toList();
    List<Cluster> clusters = open(joinable);
    try {
      clusters.forEach(cluster -> cluster.ask("fill " + entries));
      clusters.forEach(cluster -> cluster.ask("rejoin " + entries));
      OtherLoad load = new OtherLoad(clusters);
      for (int round = 0; round < rounds; round++) {
        for (Cluster cluster : clusters) {
          Answer answer = cluster.ask("rejoin " + entries);
          held.add(cluster.system().title(), answer.get("held") / 1e6);
          empty.add(cluster.system().title(), answer.get("joined") / 1e6);
        }
      }
      report.note("join, %,d entries: other load %s".formatted(entries, load.percent()));
    } finally {
      clusters.forEach(Cluster::close);
    }
  }

  /** What an entry costs on the heap of one member. */
  public void heap(int entries) throws IOException {
    for (boolean isRead : new boolean[] {false, true}) {
      String reads = isRead ? "all read" : "never read";
      Comparison bytes =
          report.compare("Heap per entry, %,d entries, %s".formatted(entries, reads), "bytes");
      heap(systems, "heap %d %d".formatted(entries, isRead ? 1 : 0), bytes);
    }
    Comparison records =
        report.compare("Heap per entry, %,d records, all read".formatted(entries), "bytes");
    List<MapSystem> ofRecords = systems.stream().filter(RecordHeap.SYSTEMS::contains).toList();
    heap(ofRecords, "heap-records " + entries, records);
  }

  private static void heap(List<MapSystem> compared, String command, Comparison bytes)
      throws IOException {
    for (MapSystem system : compared) {
      try (ChildProcess child =
          new ChildProcess(
              system, Cluster.nextPort(), 1, List.of(0), ChildProcess.Network.SHARED, "3g")) {
        bytes.add(system.title(), child.ask(command).get("bytes"));
      }
    }
  }

  /** What three members cost that do nothing; needs network namespaces. */
  public void idle(int entries, int seconds) throws IOException {
    String what = "Idle, three members, %,d entries: ".formatted(entries);
    Comparison cpu = report.compare(what + "CPU", "ms a minute");
    Comparison bytes = report.compare(what + "bytes on loopback", "bytes a minute");
    Comparison packets = report.compare(what + "packets on loopback", "packets a minute");
    Comparison threads = report.compare(what + "threads of the process", "threads");
    for (MapSystem system : systems.stream().filter(MapSystem::isReplicated).toList()) {
      try (Cluster cluster = Cluster.inOneProcess(system, ChildProcess.Network.OWN)) {
        if (entries > 0) {
          cluster.ask("fill " + entries);
        }
        cluster.ask("idle 5");
        Answer answer = cluster.ask("idle " + seconds);
        double perMinute = 60.0 / seconds;
        cpu.add(system.title(), answer.get("cpu") / 1e6 * perMinute);
        bytes.add(system.title(), answer.get("bytes") * perMinute);
        packets.add(system.title(), answer.get("packets") * perMinute);
        threads.add(system.title(), answer.get("threads"));
      }
    }
  }

  /** How long a lone member takes, without and with the start of its process. */
  public void start() throws IOException {
    Comparison alone = report.compare("Start of a lone member in a fresh process", "ms");
    Comparison process = report.compare("The same with the start of the process", "ms");
    for (int round = 0; round < rounds; round++) {
      for (MapSystem system : systems) {
        try (ChildProcess child =
            new ChildProcess(
                system, Cluster.nextPort(), 1, List.of(0), ChildProcess.Network.SHARED)) {
          alone.add(system.title(), child.ready().get("started") / 1e3);
          process.add(system.title(), child.ready().get("ready"));
        }
      }
    }
  }

  private static List<Cluster> open(List<MapSystem> systems) throws IOException {
    List<Cluster> clusters = new ArrayList<>();
    for (MapSystem system : systems) {
      clusters.add(Cluster.inOneProcess(system, ChildProcess.Network.SHARED));
    }
    return clusters;
  }

  /** What else the machine did meanwhile. */
  private static final class OtherLoad {
    private final List<Cluster> clusters;
    private final long startNanos = System.nanoTime();
    private final long othersAtStart;

    OtherLoad(List<Cluster> clusters) {
      this.clusters = clusters;
      this.othersAtStart = others();
    }

    private long others() {
      long own = clusters.stream().mapToLong(Cluster::cpuNanos).sum() + Machine.ownNanos();
      return Machine.busyNanos() - own;
    }

    String percent() {
      long elapsed = System.nanoTime() - startNanos;
      int processors = Runtime.getRuntime().availableProcessors();
      return "%d %%".formatted(100 * (others() - othersAtStart) / (elapsed * processors));
    }
  }
}
