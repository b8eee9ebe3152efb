package io.p2pmap.sample;

import io.p2pmap.MapEvent.Origin;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The stream of changes to one client: a bounded queue, and a thread that writes it to the client.
 * To a client that reads too slowly, changes are lost, and it is told how many.
 *
 * <p>Threading: any thread; {@link #offer} and {@link #close} never block.
 */
final class ChangeStream implements AutoCloseable {

  static final int LIMIT = 4096;

  private static final Change END =
      new Change("", "", Change.Op.REMOVED, null, "", Origin.LOCAL, Instant.EPOCH);

  private final SseEmitter client;
  private final long heartbeatMillis;
  private final Consumer<ChangeStream> whenEnded;
  private final BlockingQueue<Change> queue = new ArrayBlockingQueue<>(LIMIT);
  private final AtomicInteger missed = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "p2pmap-sample-events");

  /**
   * Creates a stream that is yet to start.
   *
   * @param heartbeat how long to be silent at most; a client that is gone is noticed only by
   *     writing
   * @param whenEnded is called once, when nothing is written any more
   */
  ChangeStream(SseEmitter client, Duration heartbeat, Consumer<ChangeStream> whenEnded) {
    this.client = client;
    this.heartbeatMillis = heartbeat.toMillis();
    this.whenEnded = whenEnded;
    client.onCompletion(this::close);
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
      Change next = next();
      while (next != END) {
        send(next);
        next = next();
      }
    } catch (IOException | IllegalStateException | InterruptedException gone) {
      // there is nobody to write to, so this is the end
    } finally {
      client.complete();
      whenEnded.accept(this);
    }
  }

  private @Nullable Change next() throws InterruptedException {
    return queue.poll(heartbeatMillis, TimeUnit.MILLISECONDS);
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

  /** Ends the stream. It does not interrupt: a torn write would leave the request open. */
  @Override
  public void close() {
    do {
      queue.clear();
    } while (!queue.offer(END));
  }
}
