package io.p2pmap.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapEvent.Origin;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class ChangeStreamTest {

  private final Client client = new Client();
  private final List<ChangeStream> ended = new CopyOnWriteArrayList<>();
  private ChangeStream stream;

  @AfterEach
  void close() {
    stream.close();
    client.permits.release(Integer.MAX_VALUE / 2);
    await().until(() -> client.isComplete);
  }

  @Test
  void clientThatReadsNothingHoldsUpNobodyAndIsToldHowMuchItMissed() {
    stream = start(Duration.ofMinutes(1));
    await().until(client.permits::hasQueuedThreads);

    int lost = 3;
    for (int i = 0; i < ChangeStream.LIMIT + lost; i++) {
      stream.offer(change("key-" + i)); // a call that blocked would never come back
    }
    client.permits.release(Integer.MAX_VALUE / 2);

    await().until(() -> client.received.contains("{changes=" + lost + "}"));
    assertThat(client.received).contains(change("key-" + (ChangeStream.LIMIT - 1)).toString());
    assertThat(client.received).doesNotContain(change("key-" + ChangeStream.LIMIT).toString());
  }

  @Test
  void silenceIsBrokenByHeartbeats() {
    client.permits.release(Integer.MAX_VALUE / 2);

    stream = start(Duration.ofMillis(10));

    await()
        .until(
            () ->
                client.received.stream().filter(text -> text.contains(":still here")).count() > 2);
  }

  @Test
  void clientThatWentAwayEndsTheStream() {
    client.isGone = true;
    client.permits.release(Integer.MAX_VALUE / 2);

    stream = start(Duration.ofMillis(10));

    await().until(() -> client.isComplete);
  }

  @Test
  void endDoesNotTearAWrite() {
    stream = start(Duration.ofMinutes(1));
    await().until(client.permits::hasQueuedThreads);

    stream.close();
    client.permits.release();

    await().until(() -> client.isComplete);
    assertThat(client.isTorn).isFalse();
  }

  @Test
  void endIsReported() {
    client.permits.release(1);
    stream = start(Duration.ofMinutes(1));

    stream.close();

    await().until(() -> ended.contains(stream));
  }

  private ChangeStream start(Duration heartbeat) {
    ChangeStream result = new ChangeStream(client, heartbeat, ended::add);
    result.start();
    return result;
  }

  private static Change change(String key) {
    return new Change("flags", key, Change.Op.REMOVED, null, "me", Origin.LOCAL, Instant.EPOCH);
  }

  /** A client that reads as many events as there are permits. */
  private static final class Client extends SseEmitter {

    private final Semaphore permits = new Semaphore(0);
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile boolean isGone;
    private volatile boolean isTorn;
    private volatile boolean isComplete;

    @Override
    public void send(SseEventBuilder event) throws IOException {
      try {
        permits.acquire();
      } catch (InterruptedException e) {
        isTorn = true;
      }
      if (isGone || isTorn) {
        throw new IOException("Connection reset");
      }
      event.build().stream()
          .map(DataWithMediaType::getData)
          .map(Object::toString)
          .forEach(received::add);
    }

    @Override
    public void complete() {
      isComplete = true;
    }
  }
}
