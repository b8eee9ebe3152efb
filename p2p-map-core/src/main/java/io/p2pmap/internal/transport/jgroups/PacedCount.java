package io.p2pmap.internal.transport.jgroups;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often something happened, and when that may be told: at most once a minute.
 *
 * <p>Threading: any.
 */
final class PacedCount {

  private static final long NANOS_BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

  private final LongAdder total = new LongAdder();
  private final AtomicLong lastLineNanos = new AtomicLong();
  private volatile boolean isTold;

  /** Counts one; whether a line about it may be written. */
  boolean count(long nowNanos) {
    total.increment();
    long last = lastLineNanos.get();
    if (isTold && nowNanos - last < NANOS_BETWEEN_LINES) {
      return false;
    }
    boolean isFirst = lastLineNanos.compareAndSet(last, nowNanos);
    isTold = true;
    return isFirst;
  }

  long total() {
    return total.sum();
  }
}
