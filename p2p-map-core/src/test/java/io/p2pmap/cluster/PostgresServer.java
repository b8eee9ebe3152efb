package io.p2pmap.cluster;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of this test alone, on a loopback port, with its files in a folder of its
 * own. It refuses to run as root, so then the user {@code postgres} runs it.
 */
final class PostgresServer implements AutoCloseable {

  private static final String USER = "postgres";

  private final Path folder;
  private final Process process;
  private final int port;

  private PostgresServer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /** Where the programs are; empty if PostgreSQL is not installed, or can't be run here. */
  static Optional<Path> programs() {
    Stream<Path> packaged = list(Path.of("/usr/lib/postgresql")).map(path -> path.resolve("bin"));
    Stream<Path> onPath =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of);
    return Stream.concat(packaged, onPath)
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .filter(folder -> Files.isExecutable(folder.resolve("postgres")))
        .filter(folder -> !isRoot() || Files.isExecutable(Path.of("/usr/bin/setpriv")))
        .findFirst();
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted(Comparator.reverseOrder()).toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  static PostgresServer start(Path programs) throws Exception {
    Path folder = Files.createTempDirectory("p2pmap-postgres-");
    if (isRoot()) {
      run(new ProcessBuilder("chown", USER, folder.toString()));
    }
    Path data = folder.resolve("data");
    run(
        asUser(
            folder,
            programs.resolve("initdb"),
            "--pgdata=" + data,
            "--auth=trust",
            "--username=" + USER,
            "--no-sync"));
    int port = Ports.firstOfFree(1);
    Process process =
        asUser(
                folder,
                programs.resolve("postgres"),
                "-D",
                data.toString(),
                "-F",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-k",
                folder.toString())
            .start();
    PostgresServer server = new PostgresServer(folder, process, port);
    server.awaitReady();
    return server;
  }

  private static ProcessBuilder asUser(Path folder, Path program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("/usr/bin/setpriv", "--reuid=" + USER, "--regid=" + USER));
      command.add("--clear-groups");
    }
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  private static void run(ProcessBuilder command) throws Exception {
    int result = command.start().waitFor();
    if (result != 0) {
      throw new IllegalStateException("%s ended with %d".formatted(command.command(), result));
    }
  }

  private void awaitReady() {
    await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(this::answers);
  }

  private boolean answers() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url())) {
      return connection.isValid(1);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s".formatted(port, USER);
  }

  @Override
  public void close() {
    process.destroy(); // waits for sessions
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      deleteAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteAll() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
