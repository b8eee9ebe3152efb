package io.p2pmap.internal.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Logs a kind of warning at most once in ten seconds, and says how many were left out.
 *
 * <p>Threading: any thread.
 */
final class RateLimitedLog {

  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Logger log;
  private final AtomicLong suppressed = new AtomicLong();
  private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

  RateLimitedLog(Logger log) {
    this.log = log;
  }

  void warn(String format, Object argument) {
    long now = System.nanoTime();
    long next = nextNanos.get();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
      log.warn(format + " ({} more since the last warning)", argument, suppressed.getAndSet(0));
    } else {
      suppressed.incrementAndGet();
    }
  }
}
