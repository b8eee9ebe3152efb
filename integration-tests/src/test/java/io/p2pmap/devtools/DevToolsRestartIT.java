package io.p2pmap.devtools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with DevTools, which restarts the application when one of its files changes. */
class DevToolsRestartIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern STARTED =
      Pattern.compile(
          Pattern.quote(RestartingApplication.STARTED)
              + "(\\d+), found \\[(.*)], threads \\[(.*)], loader (.*)");

  /** What the application says of one start. */
  private record Start(String found, String threads, String loader) {}

  @TempDir private Path folder;

  @Test
  void aRestartedApplicationFindsItsMapWithItsOwnClassesAndLeavesNothingBehind() throws Exception {
    Path classes = copyOfClasses();
    Path log = folder.resolve("application.log");
    Process process = start(classes, log);
    try {
      Start first = awaitStart(process, log, 1);
      assertThat(first.found()).isEmpty();
      assertThat(first.loader()).contains("RestartClassLoader");

      Files.createFile(classes.resolve("changed"));
      Start second = awaitStart(process, log, 2);
      assertThat(second.found()).isEqualTo("of start 1=of start 1");
      assertThat(second.loader()).contains("RestartClassLoader").isNotEqualTo(first.loader());
      assertThat(second.threads()).isNotEmpty().isEqualTo(first.threads());
    } finally {
      process.destroyForcibly();
    }
  }

  /** A folder as IDEs compile to, since DevTools restarts what is not in jars. */
  private Path copyOfClasses() throws IOException {
    Path classes = folder.resolve("classes");
    String name = RestartingApplication.class.getPackageName().replace('.', '/');
    Path target = Files.createDirectories(classes.resolve(name));
    try (Stream<Path> files = Files.list(Path.of("target", "test-classes").resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return classes;
  }

  private Process start(Path classes, Path log) throws IOException {
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes + File.pathSeparator + jars(),
            RestartingApplication.class.getName(),
            "--spring.application.name=" + UUID.randomUUID(),
            "--spring.devtools.restart.poll-interval=200ms",
            "--spring.devtools.restart.quiet-period=100ms",
            "--spring.devtools.livereload.enabled=false",
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--p2pmap.discovery.type=none",
            "--p2pmap.bind-port=" + port,
            "--p2pmap.port-range=0", // so that a port that is not given back ends the next start
            "--p2pmap.storage.directory=" + folder.resolve("maps"),
            "--p2pmap.maps.notes.value-type=" + Note.class.getName(),
            "--p2pmap.maps.notes.persist=true");
    builder.environment().keySet().removeIf(variable -> variable.startsWith("P2PMAP_"));
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static String jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Start awaitStart(Process process, Path log, int start) {
    await()
        .atMost(LIMIT)
        .failFast(() -> assertThat(process.isAlive()).as(printed(log)).isTrue())
        .untilAsserted(() -> assertThat(starts(log)).as(printed(log)).hasSize(start));
    return starts(log).get(start - 1);
  }

  private static List<Start> starts(Path log) {
    return STARTED
        .matcher(printed(log))
        .results()
        .map(line -> new Start(line.group(2), line.group(3), line.group(4)))
        .toList();
  }

  private static String printed(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException ex) {
      throw new UncheckedIOException("Can't read " + log, ex);
    }
  }
}
