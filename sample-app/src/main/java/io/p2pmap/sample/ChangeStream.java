package io.p2pmap.sample;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The stream of changes to one client: a bounded queue, and a thread that writes it to the client.
 * To a client that reads too slowly, changes are lost, and it is told how many.
 *
 * <p>Threading: any thread; {@link #offer} never blocks.
 */
final class ChangeStream implements AutoCloseable {

  static final int LIMIT = 4096;

  private final SseEmitter client;
  private final long heartbeatMillis;
  private final BlockingQueue<Change> queue = new ArrayBlockingQueue<>(LIMIT);
  private final AtomicInteger missed = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "p2pmap-sample-events");

  /**
   * Creates a stream that is yet to start.
   *
   * @param heartbeat how long to be silent at most; a client that is gone is noticed only by
   *     writing
   */
  ChangeStream(SseEmitter client, Duration heartbeat) {
    this.client = client;
    this.heartbeatMillis = heartbeat.toMillis();
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void offer(Change change) {
    if (!queue.offer(change)) {
      missed.incrementAndGet();
    }
  }

  private void run() {
    try {
      client.send(SseEmitter.event().comment("changes from now on"));
      while (!thread.isInterrupted()) {
        send(queue.poll(heartbeatMillis, TimeUnit.MILLISECONDS));
      }
    } catch (IOException | IllegalStateException | InterruptedException gone) {
      // the client went away or the node stops, and either is the end of the stream
    } finally {
      client.complete();
    }
  }

  private void send(@Nullable Change change) throws IOException {
    if (change == null) {
      client.send(SseEmitter.event().comment("still here"));
      return;
    }
    client.send(SseEmitter.event().name("change").data(change));
    int lost = queue.isEmpty() ? missed.getAndSet(0) : 0;
    if (lost > 0) {
      client.send(SseEmitter.event().name("missed").data(Map.of("changes", lost)));
    }
  }

  /** Ends the stream and its thread. Idempotent. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
