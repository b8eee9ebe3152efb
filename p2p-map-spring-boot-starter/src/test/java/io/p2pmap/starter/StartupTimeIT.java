package io.p2pmap.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the starter with one map adds to the start of an application in a new process. */
class StartupTimeIT {

  private static final Pattern TIMES =
      Pattern.compile("> without: (\\d+).*> with: (\\d+)", Pattern.DOTALL);
  private static final int STARTUP_TIMEOUT_SECONDS = 20;

  @TempDir private Path folder;

  /** Only measured: it depends on the machine, and on what else runs there. */
  @Test
  void aLoneNodeStarts() throws Exception {
    int port = ThreadLocalRandom.current().nextInt(21_000, 31_000);
    long millis = addedMillis("--p2pmap.discovery.type=local", "--p2pmap.bind-port=" + port);
    System.out.printf("A lone node with one map added %d ms to a start.%n", millis);
  }

  @Test
  void unreachableNodesDelayTheStartByTheStartupTimeoutAtMost() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      long millis =
          addedMillis(
              "--p2pmap.discovery.type=static",
              "--p2pmap.bind-port=20100",
              "--p2pmap.port-range=1000",
              "--p2pmap.discovery.static.members=127.0.0.1:%d,127.0.0.1:%d,192.0.2.1:7800"
                  .formatted(silent.getLocalPort(), portOfNobody()),
              "--p2pmap.sync.startup-timeout=%ds".formatted(STARTUP_TIMEOUT_SECONDS));
      System.out.printf("Unreachable nodes: one with one map added %d ms to a start.%n", millis);
      assertThat(millis).isLessThan(STARTUP_TIMEOUT_SECONDS * 1000L);
    }
  }

  private long addedMillis(String... arguments) throws Exception {
    String printed = StarterProcess.run(folder, StartupTimeApplication.class, arguments);
    Matcher times = TIMES.matcher(printed);
    assertThat(times.find()).as(printed).isTrue();
    return Long.parseLong(times.group(2)) - Long.parseLong(times.group(1));
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
