package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.ReplicatedMap;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A listener that blocks harms nobody but itself. */
class BlockedListenerIT {

  private static final Duration BLOCKED = Duration.ofSeconds(10);

  @Test
  void aListenerThatBlocksForTenSecondsDelaysNeitherWritesNorOtherListeners()
      throws InterruptedException {
    try (LocalNodes nodes = LocalNodes.start(2)) {
      ReplicatedMap<String, String> map = nodes.map(0);
      CountDownLatch never = new CountDownLatch(1);
      AtomicInteger toldBlocked = new AtomicInteger();
      AtomicInteger toldHere = new AtomicInteger();
      AtomicInteger toldThere = new AtomicInteger();
      map.subscribe(
          event -> {
            if (toldBlocked.getAndIncrement() == 0) {
              waitInVain(never);
            }
          });
      map.subscribe(event -> toldHere.incrementAndGet());
      nodes.map(1).subscribe(event -> toldThere.incrementAndGet());

      int writes = 0;
      long slowestPutNanos = 0;
      long slowestEventNanos = 0;
      long end = System.nanoTime() + BLOCKED.minusMillis(500).toNanos();
      while (System.nanoTime() - end < 0) {
        long start = System.nanoTime();
        map.put("key", "value-" + ++writes);
        slowestPutNanos = Math.max(slowestPutNanos, System.nanoTime() - start);
        int expected = writes;
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> toldHere.get() == expected && toldThere.get() == expected);
        slowestEventNanos = Math.max(slowestEventNanos, System.nanoTime() - start);
      }

      assertThat(toldBlocked).hasValue(1);
      Figures.print(
          "while a listener blocked: %d writes one at a time, slowest put %s, slowest event on the"
              + " other listeners %s",
          writes,
          Figures.millis(Duration.ofNanos(slowestPutNanos)),
          Figures.millis(Duration.ofNanos(slowestEventNanos)));
      assertThat(Duration.ofNanos(slowestPutNanos)).isLessThan(Duration.ofSeconds(1));
      assertThat(Duration.ofNanos(slowestEventNanos)).isLessThan(Duration.ofSeconds(5));
      int all = writes;
      await().until(() -> toldBlocked.get() == all);
    }
  }

  private static void waitInVain(CountDownLatch never) {
    try {
      assertThat(never.await(BLOCKED.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
