package io.p2pmap.benchmarks;

import io.p2pmap.benchmarks.cluster.Suites;
import io.p2pmap.benchmarks.growth.Growth;
import io.p2pmap.benchmarks.report.Report;
import io.p2pmap.benchmarks.systems.MapSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs the benchmarks: {@code all}, {@code quick} (five minutes), or the names of single ones.
 *
 * <p>System properties: {@code benchmarks.systems} (names of {@link MapSystem}s), {@code
 * benchmarks.rounds}, {@code benchmarks.jvm} (options of the measured processes), {@code
 * benchmarks.out} (folder of the results).
 */
public final class Main {

  private static final List<String> ALL =
      List.of(
          "throughput",
          "processes",
          "visibility",
          "join",
          "join-1m",
          "heap",
          "idle",
          "start",
          "growth");
  private static final List<String> QUICK = List.of("throughput", "visibility", "start");

  private Main() {}

  /** Arguments: what to run. */
  public static void main(String[] args) throws IOException {
    boolean isQuick = List.of(args).contains("quick");
    Set<String> names = new TreeSet<>(List.of(args));
    if (names.remove("all")) {
      names.addAll(ALL);
    }
    if (names.remove("quick")) {
      names.addAll(QUICK);
    }
    Path out = Path.of(System.getProperty("benchmarks.out", "target/results"));
    Report report = new Report(out, MapSystem.P2P_MAP.title());
    int rounds = Integer.getInteger("benchmarks.rounds", isQuick ? 3 : 9);
    Suites suites = new Suites(report, systems(), rounds);
    for (String name : names) {
      System.out.println(name);
      run(name, suites, report);
      report.write("benchmarks/run.sh " + String.join(" ", args));
    }
    System.out.println(out.toAbsolutePath().resolve("results.md"));
  }

  private static void run(String name, Suites suites, Report report) throws IOException {
    switch (name) {
      case "throughput" -> suites.throughput(false);
      case "processes" -> suites.throughput(true);
      case "visibility" -> suites.visibility(2_000);
      case "join" -> suites.join(100_000);
      case "join-1m" -> suites.join(1_000_000);
      case "heap" -> suites.heap(1_000_000);
      case "idle" -> suites.idle(100_000, 60);
      case "start" -> suites.start();
      case "growth" -> growth(new Growth(report));
      default ->
          throw new IllegalArgumentException("Unknown: %s; there are %s".formatted(name, ALL));
    }
  }

  private static void growth(Growth growth) {
    growth.members(1_000);
    growth.entries(1_000_000);
    growth.threads(64);
    growth.values();
    growth.rate();
  }

  private static List<MapSystem> systems() {
    String names = System.getProperty("benchmarks.systems");
    return names == null
        ? List.of(MapSystem.values())
        : Arrays.stream(names.split(",")).map(MapSystem::valueOf).toList();
  }
}
