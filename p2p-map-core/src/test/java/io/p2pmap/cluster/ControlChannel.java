package io.p2pmap.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** The test's end of a node process's standard streams. Threading: any thread. */
final class ControlChannel {

  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private final String node;
  private final PrintStream requests;
  private final Map<String, CompletableFuture<ControlLine>> awaited = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  ControlChannel(String node, Process process) {
    this.node = node;
    this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread reader = new Thread(() -> readAll(process), "p2pmap-control-" + node);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Sends a request, and waits for its answer.
   *
   * @throws IllegalStateException if the command fails, or the process ends before it answers
   */
  ControlLine call(Object... request) {
    String id = Long.toString(lastId.incrementAndGet());
    CompletableFuture<ControlLine> answer = new CompletableFuture<>();
    awaited.put(id, answer);
    requests.println(id + " " + ControlLine.of(request));
    try {
      return answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "Node %s: no result of %s".formatted(node, ControlLine.of(request)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } finally {
      awaited.remove(id);
    }
  }

  private void readAll(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(ControlLine.parse(line));
      }
      fail("its process has ended");
    } catch (IOException e) {
      fail(e.toString());
    }
  }

  private void accept(ControlLine answer) {
    CompletableFuture<ControlLine> future = awaited.get(answer.text(0));
    if (future == null) {
      return;
    }
    if (answer.text(1).equals("ok")) {
      future.complete(answer.from(2));
    } else {
      future.completeExceptionally(new IllegalStateException(answer.text(2)));
    }
  }

  private void fail(String reason) {
    awaited.values().forEach(f -> f.completeExceptionally(new IllegalStateException(reason)));
  }
}
