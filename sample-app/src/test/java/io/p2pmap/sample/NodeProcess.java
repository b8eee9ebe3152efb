package io.p2pmap.sample;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the packed sample application: one node of a cluster of this test. */
final class NodeProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target", "sample-app.jar");
  private static final Path LOGS = Path.of("target", "node-logs");
  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

  private final Process process;
  private final Path log;

  private NodeProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    // For the case that the tests themselves are stopped from outside.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  static NodeProcess start(String clusterName, int bindPort, String nodeName) throws IOException {
    Files.createDirectories(LOGS);
    Path log = Files.createTempFile(LOGS, clusterName + "-" + nodeName + "-", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", JAR.toString(), "--server.port=0"));
    command.add("--p2pmap.cluster-name=" + clusterName);
    command.add("--p2pmap.bind-port=" + bindPort);
    command.add("--p2pmap.node-name=" + nodeName);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("P2PMAP_"));
    return new NodeProcess(builder.redirectOutput(log.toFile()).start(), log);
  }

  /** Waits until the node says that it is ready. */
  NodeProcess awaitReady() {
    await()
        .atMost(START_LIMIT)
        .failFast("The node ended, see " + log, () -> !process.isAlive())
        .until(() -> port() > 0);
    await()
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> http().status("/actuator/health/readiness") == 200);
    return this;
  }

  /** Requests to the node, which must have started. */
  Http http() {
    return Http.toPort(port());
  }

  private int port() {
    Matcher matcher = STARTED.matcher(log());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** Everything the node has printed. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + log, e);
    }
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@code kill} does; does not wait. */
  void stop() {
    process.destroy();
  }

  boolean hasEndedWithin(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
