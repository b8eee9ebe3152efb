package io.p2pmap.discovery;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The nodes heard of lately; no more than a few hundred, since anybody may pretend to be many. */
final class Heard {

  private static final int MAX_NODES = 300;
  private static final long LIFETIME_NANOS = Duration.ofSeconds(15).toNanos();

  private final Map<InetSocketAddress, Long> lastNanos = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);

  void add(InetSocketAddress node) {
    if (lastNanos.size() < MAX_NODES || lastNanos.containsKey(node)) {
      lastNanos.put(node, System.nanoTime());
      news.release();
    }
  }

  List<InetSocketAddress> lately() {
    long now = System.nanoTime();
    lastNanos.values().removeIf(nanos -> now - nanos > LIFETIME_NANOS);
    return List.copyOf(lastNanos.keySet());
  }

  /** Waits until somebody was heard, or the time is over. */
  void await(Duration time) {
    news.drainPermits();
    if (!lastNanos.isEmpty()) {
      return;
    }
    try {
      if (news.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
        news.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
