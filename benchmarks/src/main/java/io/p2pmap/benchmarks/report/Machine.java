package io.p2pmap.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jgroups.Version;

/** What the figures depend on. */
public final class Machine {

  private static final Path STAT = Path.of("/proc/stat");

  private Machine() {}

  static Map<String, String> facts(String command) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", command);
    facts.put("time", Instant.now().toString().substring(0, 16) + "Z");
    facts.put("processors", Runtime.getRuntime().availableProcessors() + " x " + processor());
    facts.put("system", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
    facts.put("java", System.getProperty("java.vm.name") + ' ' + Runtime.version());
    facts.put("jgroups", Version.printVersion());
    facts.put("hazelcast", version(com.hazelcast.core.HazelcastInstance.class));
    facts.put("infinispan", version(org.infinispan.Cache.class));
    facts.put("p2p-map", version(io.p2pmap.ReplicatedMap.class));
    return facts;
  }

  private static String version(Class<?> type) {
    String version = type.getPackage().getImplementationVersion();
    return version != null ? version : "working copy";
  }

  private static String processor() throws IOException {
    Path cpuInfo = Path.of("/proc/cpuinfo");
    if (!Files.exists(cpuInfo)) {
      return System.getProperty("os.arch");
    }
    return Files.readAllLines(cpuInfo).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 2))
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /**
   * How busy the machine has been since its start, in nanoseconds of all processors together; zero
   * where that is not known. In a virtual machine, time that the host took counts as busy.
   */
  public static long busyNanos() {
    try {
      String[] ticks = Files.readAllLines(STAT).get(0).trim().split("\\s+");
      long busy = 0;
      for (int i = 1; i <= 8; i++) {
        boolean isIdle = i == 4 || i == 5; // idle, waiting for disks
        busy += isIdle ? 0 : Long.parseLong(ticks[i]);
      }
      return busy * 10_000_000L;
    } catch (IOException e) {
      return 0;
    }
  }

  /** CPU time of this process in nanoseconds. */
  public static long ownNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
