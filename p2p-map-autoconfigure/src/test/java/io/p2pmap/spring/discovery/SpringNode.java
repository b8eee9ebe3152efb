package io.p2pmap.spring.discovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that runs {@link SpringNodeMain}. Threading: one thread at a time. */
final class SpringNode implements AutoCloseable {

  private final Process process;
  private final PrintStream requests;
  private final BufferedReader answers;

  private SpringNode(Process process) {
    this.process = process;
    this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static SpringNode launch(Path registry, Path log) throws IOException {
    Files.createDirectories(log.getParent());
    return new SpringNode(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx128m",
                    "-Dregistry=" + registry,
                    "-cp",
                    System.getProperty("java.class.path"),
                    SpringNodeMain.class.getName()))
            .redirectError(log.toFile())
            .start());
  }

  /** Starts an application with these properties, and its node with it. */
  void start(String... properties) {
    ask("start " + String.join(" ", properties), "started");
  }

  void stop() {
    ask("stop", "stopped");
  }

  int members() {
    return Integer.parseInt(ask("members"));
  }

  private void ask(String request, String expected) {
    String answer = ask(request);
    if (!expected.equals(answer)) {
      throw new IllegalStateException("'%s' was answered by '%s'".formatted(request, answer));
    }
  }

  private String ask(String request) {
    requests.println(request);
    try {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("The process has ended, see its log");
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
