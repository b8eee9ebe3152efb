package io.p2pmap.benchmarks.cluster;

import com.sun.management.OperatingSystemMXBean;
import io.p2pmap.benchmarks.systems.MapSystem;
import io.p2pmap.benchmarks.systems.MemberMap;
import io.p2pmap.benchmarks.systems.Place;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * A process with some members of one cluster of one system: does the work it is told of on standard
 * input, one line each, and answers with a line each. It ends with its input.
 */
public final class Child {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final MapSystem system;
  private final List<Place> places = new ArrayList<>();
  private final List<MemberMap> members = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private Child(MapSystem system) {
    this.system = system;
  }

  /**
   * Arguments: system, cluster, first port, number of members, index of each member that is here.
   */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err); // whatever the systems print
    Child child = new Child(MapSystem.valueOf(args[0]));
    long started = System.nanoTime();
    for (int i = 4; i < args.length; i++) {
      Place place =
          new Place(
              args[1],
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]),
              Integer.parseInt(args[i]));
      child.places.add(place);
      child.members.add(child.system.start(place));
    }
    long usable = System.currentTimeMillis();
    out.println(
        Answer.of(
                "ready",
                usable - ManagementFactory.getRuntimeMXBean().getStartTime(),
                "started",
                (System.nanoTime() - started) / 1_000)
            .toLine());
    child.obey(out);
    System.exit(0);
  }

  private void obey(PrintStream out) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      out.println(perform(words[0], words).toLine());
    }
  }

  private Answer perform(String command, String[] words) throws Exception {
    return switch (command) {
      case "throughput" ->
          throughput(new Round(Long.parseLong(words[1]), number(words, 2), number(words, 3)));
      case "visibility" -> new Visibility(members).measure(number(words, 1));
      case "rejoin" -> rejoin(number(words, 1));
      case "fill" -> fill(number(words, 1));
      case "heap" -> new HeapSize(members.get(0)).measure(number(words, 1), number(words, 2) == 1);
      case "heap-records" -> RecordHeap.measure(system, number(words, 1));
      case "idle" -> idle(number(words, 1));
      case "cpu" -> Answer.of("cpu", PROCESS.getProcessCpuTime());
      default -> throw new IllegalArgumentException(command);
    };
  }

  private static int number(String[] words, int index) {
    return Integer.parseInt(words[index]);
  }

  private Answer throughput(Round round) throws Exception {
    long cpu = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    List<Future<Latencies>> writes = new ArrayList<>();
    List<MemberMap> holders = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      MemberMap map = members.get(i);
      int writer = places.get(i).index();
      if (writer < round.writers()) {
        writes.add(threads.submit(() -> written(round, map, writer)));
      }
      if (system.isReplicated() || writer == 0) {
        holders.add(map);
      }
    }
    long held = latest(holders, round::awaitLast);
    long used = PROCESS.getProcessCpuTime() - cpu;
    long heldRest = latest(holders, round::awaitRest);
    if (heldRest > 0) {
      held = heldRest;
      used = PROCESS.getProcessCpuTime() - cpu;
    }
    Latencies calls = writes.isEmpty() ? new Latencies(0) : writes.get(0).get();
    calls.sort();
    return Answer.of(
        "start",
        start,
        "held",
        held,
        "cpu",
        used,
        "p50",
        calls.at(0.5),
        "p99",
        calls.at(0.99),
        "max",
        calls.at(1));
  }

  private long latest(List<MemberMap> maps, ToLongFunction<MemberMap> wait) throws Exception {
    List<Callable<Long>> waits = new ArrayList<>();
    maps.forEach(map -> waits.add(() -> wait.applyAsLong(map)));
    long latest = 0;
    for (Future<Long> done : threads.invokeAll(waits)) {
      latest = Math.max(latest, done.get());
    }
    return latest;
  }

  private static Latencies written(Round round, MemberMap map, int writer) {
    Latencies calls = new Latencies(round.count());
    round.write(map, writer, calls);
    return calls;
  }

  /** Writes entries at member 0, and returns when all members of this process hold them. */
  private Answer fill(int count) {
    MemberMap map = members.get(0);
    String value = Entries.value(0);
    for (int i = 0; i < count; i++) {
      map.put(Entries.key(i), value);
    }
    map.flush();
    members.forEach(member -> awaitSize(member, count));
    return Answer.of("size", map.size());
  }

  private static void awaitSize(MemberMap map, int count) {
    while (map.size() < count) {
      LockSupport.parkNanos(200_000);
    }
  }

  /** Closes the last member, and starts it again until it holds {@code count} entries. */
  private Answer rejoin(int count) throws Exception {
    int last = members.size() - 1;
    members.get(last).close();
    Thread.sleep(300); // the others have noticed
    long start = System.nanoTime();
    members.set(last, system.start(places.get(last)));
    long joined = System.nanoTime();
    awaitSize(members.get(last), count);
    return Answer.of("joined", joined - start, "held", System.nanoTime() - start);
  }

  /** Does nothing for a while, in a network namespace of its own: all bytes on it are its own. */
  private Answer idle(int seconds) throws Exception {
    long[] before = loopback();
    long cpu = PROCESS.getProcessCpuTime();
    Thread.sleep(seconds * 1_000L);
    long[] after = loopback();
    return Answer.of(
        "cpu", PROCESS.getProcessCpuTime() - cpu,
        "bytes", after[0] - before[0],
        "packets", after[1] - before[1],
        "threads", ManagementFactory.getThreadMXBean().getThreadCount());
  }

  /** Bytes and packets that the loopback interface has carried. */
  private static long[] loopback() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/net/dev"))) {
      String[] words = line.trim().split("\\s+");
      if (words[0].equals("lo:")) {
        return new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])};
      }
    }
    return new long[2];
  }
}
