package io.p2pmap.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the starter with one map adds to the start of an application in a new process: compared with
 * the same application whose node is switched off, in turns, because machines and their load
 * differ.
 */
class StartupTimeIT {

  private static final Pattern STARTED = Pattern.compile("> started in ms: (\\d+)");
  private static final int STARTUP_TIMEOUT_SECONDS = 60;

  @TempDir private Path folder;

  /**
   * All of it is classes that are loaded, as most of an application's own start is, so one is
   * measured by the other: less than half is added where nothing else runs. To wait for somebody
   * would take longer.
   */
  @Test
  void aLoneNodeTakesNoMultipleOfTheStartOfTheSmallestApplication() throws Exception {
    int port = ThreadLocalRandom.current().nextInt(21_000, 31_000);
    Times times = measure(3, "--p2pmap.discovery.type=local", "--p2pmap.bind-port=" + port);
    System.out.printf("A lone node with one map: %s.%n", times);
    assertThat(times.fastestWith()).isLessThan(3 * times.fastestWithout());
  }

  @Test
  void unreachableNodesDelayTheStartByTheStartupTimeoutAtMost() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Times times =
          measure(
              1,
              "--p2pmap.discovery.type=static",
              "--p2pmap.bind-port=20100",
              "--p2pmap.port-range=1000",
              "--p2pmap.discovery.static.members=127.0.0.1:%d,127.0.0.1:%d,192.0.2.1:7800"
                  .formatted(silent.getLocalPort(), portOfNobody()),
              "--p2pmap.sync.startup-timeout=%ds".formatted(STARTUP_TIMEOUT_SECONDS));
      System.out.printf("Unreachable nodes, one with one map: %s.%n", times);
      assertThat(times.fastestWith() - times.fastestWithout())
          .isLessThan(STARTUP_TIMEOUT_SECONDS * 1000L);
    }
  }

  private Times measure(int rounds, String... arguments) throws Exception {
    List<Long> without = new ArrayList<>();
    List<Long> with = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      without.add(startMillis("--p2pmap.enabled=false"));
      with.add(startMillis(arguments));
    }
    return new Times(without, with);
  }

  private long startMillis(String... arguments) throws Exception {
    String printed = StarterProcess.run(folder, StartupTimeApplication.class, arguments);
    Matcher started = STARTED.matcher(printed);
    assertThat(started.find()).as(printed).isTrue();
    return Long.parseLong(started.group(1));
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Milliseconds of starts with the node switched off, and on. */
  private record Times(List<Long> without, List<Long> with) {

    long fastestWithout() {
      return Collections.min(without);
    }

    long fastestWith() {
      return Collections.min(with);
    }

    @Override
    public String toString() {
      return "added %d ms to the fastest start (without %s, with %s)"
          .formatted(fastestWith() - fastestWithout(), without, with);
    }
  }
}
