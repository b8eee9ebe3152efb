package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.ReplicatedMap;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How soon a write on one node is on all others. */
class VisibilityIT {

  private static final int WARM_UP = 300;
  private static final int WRITES = 500;

  @Test
  void aWriteOnAnyNodeIsOnAllOthersWithinMilliseconds() throws InterruptedException {
    try (LocalNodes nodes = LocalNodes.start(3)) {
      AtomicReference<CountDownLatch> arrivals = new AtomicReference<>(new CountDownLatch(0));
      for (int i = 0; i < 3; i++) {
        nodes.map(i).subscribe(event -> arrivals.get().countDown());
      }
      long[] nanos = new long[WRITES];
      for (int i = -WARM_UP; i < WRITES; i++) {
        long taken = timeToAll(nodes.map(Math.floorMod(i, 3)), i, arrivals);
        if (i >= 0) {
          nanos[i] = taken;
        }
      }
      Duration median = Figures.percentile(nanos, 50);
      Duration slow = Figures.percentile(nanos, 99);
      Figures.print(
          "write to event on all 3 nodes, %d writes, one at a time: p50 %s, p99 %s, max %s",
          WRITES,
          Figures.millis(median),
          Figures.millis(slow),
          Figures.millis(Figures.percentile(nanos, 100)));
      assertThat(median).isLessThan(Duration.ofMillis(50));
      assertThat(slow).isLessThan(Duration.ofMillis(500));
    }
  }

  /** One write, from before the call until the listeners of all nodes were told. */
  private static long timeToAll(
      ReplicatedMap<String, String> writer, int number, AtomicReference<CountDownLatch> arrivals)
      throws InterruptedException {
    CountDownLatch all = new CountDownLatch(3);
    arrivals.set(all);
    long start = System.nanoTime();
    writer.put("key-" + number % 50, "value-" + number);
    assertThat(all.await(20, TimeUnit.SECONDS)).as("write %d is on all nodes", number).isTrue();
    return System.nanoTime() - start;
  }
}
