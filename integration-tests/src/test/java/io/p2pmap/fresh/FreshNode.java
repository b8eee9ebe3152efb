package io.p2pmap.fresh;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the new user's application, and a client that talks to it. */
final class FreshNode implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** One browser for all nodes: cookies are those of a host, whatever the port. */
  private static final HttpClient BROWSER =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  private final Process process;
  private final Path log;

  private FreshNode(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static FreshNode start(FreshApplication application, String name, String... properties)
      throws IOException {
    Path log = Path.of("target", "fresh-node-%s.log".formatted(name));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            application.jar().toString(),
            "--server.port=0",
            "--p2pmap.node-name=" + name);
    builder.command().addAll(List.of(properties));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("P2PMAP_"));
    return new FreshNode(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** Waits until the web server accepts requests; the maps have caught up before. */
  void awaitStart() {
    await()
        .atMost(START_LIMIT)
        .failFast("The node has ended, see " + log, () -> !process.isAlive())
        .until(() -> STARTED.matcher(printed()).find());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).GET().build());
  }

  HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return BROWSER.send(request, BodyHandlers.ofString());
  }

  private URI uri(String path) {
    Matcher started = STARTED.matcher(printed());
    if (!started.find()) {
      throw new IllegalStateException("Has not started: " + printed());
    }
    return URI.create("http://127.0.0.1:" + started.group(1) + path);
  }

  private String printed() {
    try {
      return Files.readString(log);
    } catch (IOException ex) {
      throw new UncheckedIOException("Can't read " + log, ex);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
