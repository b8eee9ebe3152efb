package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapEvent.Cause;
import io.p2pmap.MapEvent.Origin;
import io.p2pmap.MapEvent.Put;
import io.p2pmap.MapEvent.Removed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners are told. */
class EventsTest {

  private static final MapSpec<String, String> TEXTS =
      MapSpec.of("texts", String.class, String.class);

  private final MemoryCluster cluster = new MemoryCluster();
  private final List<MapEvent<String, String>> events =
      Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    cluster.close();
  }

  private List<String> steps() {
    return List.copyOf(events).stream().map(EventsTest::step).toList();
  }

  private static String step(MapEvent<String, String> event) {
    return event instanceof Put<String, String> put
        ? put.key() + "=" + put.value() + " was " + put.previousValue()
        : event.key() + " gone was " + ((Removed<String, String>) event).previousValue();
  }

  @Test
  void everyVisibleChangeIsToldOnceAndInOrder() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    a.subscribe(events::add);
    a.put("k", "1");
    a.put("k", "1");
    a.put("k", "2");
    a.remove("k");
    a.remove("k");
    a.put("k", "3");
    await()
        .untilAsserted(
            () ->
                assertThat(steps())
                    .containsExactly("k=1 was null", "k=2 was 1", "k gone was 2", "k=3 was null"));
    assertThat(events).allMatch(event -> event.origin() == Origin.LOCAL);
    assertThat(events).allMatch(event -> event.writer().equals("a"));
    assertThat(events).allMatch(event -> event.mapName().equals("texts"));
  }

  @Test
  void eventsOfOtherNodesNameTheirWriter() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    ReplicatedMap<String, String> b = cluster.started("b").open(TEXTS);
    b.subscribe(events::add);
    a.put("k", "1");
    await().untilAsserted(() -> assertThat(steps()).containsExactly("k=1 was null"));
    a.remove("k");
    await().untilAsserted(() -> assertThat(steps()).hasSize(2));
    assertThat(events).allMatch(e -> e.origin() == Origin.REMOTE && e.writer().equals("a"));
  }

  @Test
  void aReplayTellsTheCurrentEntriesFirst() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    a.put("k", "1");
    a.subscribe(events::add, Replay.CURRENT_ENTRIES);
    a.put("k", "2");
    await().untilAsserted(() -> assertThat(steps()).containsExactly("k=1 was null", "k=2 was 1"));
  }

  @Test
  void aReplayDuringWritesMissesNothingAndRepeatsNothing() throws Exception {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 3_000; i++) {
                a.put("k" + i % 10, "v" + i);
              }
            });
    writer.start();
    a.subscribe(events::add, Replay.CURRENT_ENTRIES);
    writer.join();
    a.put("end", "end");
    await().until(() -> steps().stream().anyMatch(step -> step.startsWith("end")));
    for (int k = 0; k < 10; k++) {
      String before = "null";
      for (MapEvent<String, String> event : List.copyOf(events)) {
        if (event.key().equals("k" + k) && event instanceof Put<String, String> put) {
          assertThat(String.valueOf(put.previousValue())).isEqualTo(before);
          before = put.value();
        }
      }
      assertThat(before).isEqualTo(a.get("k" + k));
    }
  }

  @Test
  void aBlockedListenerDelaysNobodyElse() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    CountDownLatch release = new CountDownLatch(1);
    a.subscribe(event -> awaitQuietly(release));
    a.subscribe(events::add);
    for (int i = 0; i < 1_000; i++) {
      a.put("k", "v" + i);
    }
    await().untilAsserted(() -> assertThat(events).hasSize(1_000));
    release.countDown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aListenerThatThrowsIsToldOfTheNextChange() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    a.subscribe(
        event -> {
          events.add(event);
          throw new IllegalStateException("expected by the test");
        });
    a.put("k", "1");
    a.put("k", "2");
    await().untilAsserted(() -> assertThat(events).hasSize(2));
  }

  @Test
  void aClosedSubscriptionIsToldNothing() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    Subscription subscription = a.subscribe(events::add);
    a.put("k", "1");
    await().untilAsserted(() -> assertThat(events).hasSize(1));
    subscription.close();
    a.put("k", "2");
    CountDownLatch other = new CountDownLatch(1);
    a.subscribe(event -> other.countDown());
    a.put("k", "3");
    await().until(() -> other.getCount() == 0);
    assertThat(events).hasSize(1);
  }

  @Test
  void anExpiryIsAnEvent() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    a.subscribe(events::add);
    a.put("k", "1", Duration.ofMillis(50));
    await().untilAsserted(() -> assertThat(steps()).contains("k gone was 1"));
    assertThat(((Removed<String, String>) events.get(1)).cause()).isEqualTo(Cause.EXPIRED);
    assertThat(a.size()).isZero();
  }

  @Test
  void thePresenceOfALostNodeIsPruned() {
    MapSpec<String, String> presence = TEXTS.pruneOnPeerDown(true);
    ReplicatedMap<String, String> a = cluster.started("a").open(presence);
    ReplicatedMap<String, String> b = cluster.started("b").open(presence);
    a.subscribe(events::add);
    b.put("b", "here");
    await().untilAsserted(() -> assertThat(events).hasSize(1));
    cluster.cut("a", "b");
    await().untilAsserted(() -> assertThat(events).hasSize(2));
    Removed<String, String> gone = (Removed<String, String>) events.get(1);
    assertThat(gone.cause()).isEqualTo(Cause.PRUNED);
    assertThat(gone.writer()).isEqualTo("b");
  }
}
