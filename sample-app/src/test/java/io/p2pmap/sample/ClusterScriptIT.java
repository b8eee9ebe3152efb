package io.p2pmap.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterScriptIT {

  private static final Duration START_LIMIT = Duration.ofSeconds(200);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  @TempDir private Path elsewhere;
  private final int firstPort = FreePorts.inARow(3);
  private Path output;
  private Process script;
  private List<ProcessHandle> children = List.of();

  /** What is packed was built a moment ago; a build within the build would only disturb it. */
  @BeforeAll
  static void preventBuild() throws IOException {
    Path packed = Path.of("target", "sample-app.jar.original");
    Files.setLastModifiedTime(packed, FileTime.from(Instant.now()));
  }

  @BeforeEach
  void prepare() {
    output = elsewhere.resolve("output.txt");
  }

  @AfterEach
  void stop() {
    children.forEach(ProcessHandle::destroyForcibly);
    if (script != null) {
      script.descendants().forEach(ProcessHandle::destroyForcibly);
      script.destroyForcibly();
    }
  }

  @Test
  void threeNodesAreInSyncWhenTheyAreAnnouncedAndNothingIsLeftAfterAnInterrupt() throws Exception {
    start(Map.of(), "-p", String.valueOf(firstPort), "3");
    await()
        .atMost(START_LIMIT)
        .failFast(() -> !script.isAlive())
        .until(() -> output().contains("3 nodes are ready and in sync."));

    List<Http> nodes = IntStream.range(0, 3).mapToObj(i -> Http.toPort(firstPort + i)).toList();
    assertThat(nodes)
        .allSatisfy(
            node -> {
              assertThat(output()).contains(node.url());
              assertThat(node.read(PresentNode[].class, "/presence")).hasSize(3);
            });

    children = script.descendants().toList();
    assertThat(children).hasSizeGreaterThanOrEqualTo(3);
    interrupt();

    assertThat(script.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(IntStream.range(0, 3)).allMatch(i -> FreePorts.isFree(firstPort + i));
  }

  @Test
  void portThatIsInUseIsNamedAndNothingIsStarted() throws Exception {
    int taken = firstPort + 1;
    try (ServerSocket socket = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.isBound()).isTrue();
      start(Map.of(), "-p", String.valueOf(firstPort), "2");

      assertThat(script.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }
    assertThat(script.exitValue()).isEqualTo(1);
    assertThat(output()).contains("port " + taken + " is in use").doesNotContain("Starting");
  }

  @Test
  void nodeThatDoesNotStartIsExplainedAndEndsTheOthers() throws Exception {
    String mistake = "-Dp2pmap.maps.flags.validator=missing";
    start(Map.of("JAVA_OPTS", mistake), "-p", String.valueOf(firstPort), "2");

    assertThat(script.waitFor(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();

    assertThat(script.exitValue()).isEqualTo(1);
    assertThat(output()).contains("ended with exit code 1").contains("names 'missing'");
    assertThat(IntStream.range(0, 2)).allMatch(i -> FreePorts.isFree(firstPort + i));
  }

  private void start(Map<String, String> environment, String... arguments) throws IOException {
    Path file = Path.of("cluster.sh").toAbsolutePath();
    ProcessBuilder builder = new ProcessBuilder("bash", file.toString());
    builder.command().addAll(List.of(arguments));
    builder.directory(elsewhere.toFile());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("P2PMAP_BINDPORT", String.valueOf(FreePorts.inARow(13)));
    builder.environment().putAll(environment);
    script = builder.start();
  }

  private String output() throws IOException {
    return Files.readString(output);
  }

  /** As Ctrl-C does, unless who runs the tests has that ignored, which children inherit. */
  private void interrupt() throws Exception {
    String signal = isInterruptIgnored() ? "-TERM" : "-INT";
    new ProcessBuilder("kill", signal, String.valueOf(script.pid())).start().waitFor();
  }

  private boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc", String.valueOf(script.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(ignored -> (ignored & 2) != 0);
  }
}
