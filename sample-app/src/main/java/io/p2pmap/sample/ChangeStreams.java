package io.p2pmap.sample;

import io.p2pmap.MapEvent;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * All open streams: hands every change of every map to each of them. They end first when the node
 * stops, because the web server waits for open requests.
 *
 * <p>Threading: any thread.
 */
@Component
final class ChangeStreams implements SmartLifecycle {

  private static final int LIMIT = 64;
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final Set<ChangeStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  SseEmitter open() {
    if (!running || streams.size() >= LIMIT) {
      throw new ResponseStatusException(
          HttpStatus.SERVICE_UNAVAILABLE,
          running ? "There are %d streams already".formatted(LIMIT) : "The node is stopping");
    }
    SseEmitter client = new SseEmitter(0L);
    ChangeStream stream = new ChangeStream(client, HEARTBEAT, streams::remove);
    streams.add(stream);
    stream.start();
    if (!running) {
      stream.close(); // stop() may have come too early to see it
    }
    return client;
  }

  /** Every change of every map, on the thread of the map's events, which must not wait. */
  @EventListener
  void on(MapEvent<?, ?> event) {
    Change change = Change.of(event);
    streams.forEach(stream -> stream.offer(change));
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    streams.forEach(ChangeStream::close);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
