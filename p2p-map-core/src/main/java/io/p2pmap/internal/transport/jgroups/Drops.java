package io.p2pmap.internal.transport.jgroups;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Counts the messages that were not handed over, and logs a line now and then.
 *
 * <p>Threading: any.
 */
final class Drops {

  /** Why a message is dropped. */
  enum Reason {
    /** Common while a view is on its way: a sender can be faster than the view that brings it. */
    NOT_A_MEMBER(Level.DEBUG, "its sender is not in the view"),
    NOT_OURS(Level.WARN, "it is no frame of this library"),
    TOO_LONG(Level.WARN, "it is longer than any node may send"),
    /** Not even JGroups can read it. */
    MALFORMED(Level.WARN, "it can't be read");

    private final Level level;
    private final String explanation;

    Reason(Level level, String explanation) {
      this.level = level;
      this.explanation = explanation;
    }

    /** Its name for meters. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Drops.class);
  private static final long NANOS_BETWEEN_LINES = TimeUnit.MINUTES.toNanos(1);

  private final Counter[] counters = new Counter[Reason.values().length];

  Drops() {
    for (int i = 0; i < counters.length; i++) {
      counters[i] = new Counter();
    }
  }

  /** Counts one; without a {@code sender} if nobody knows which of the members it was. */
  void count(Reason reason, @Nullable Address sender, int lengthBytes) {
    Counter counter = counters[reason.ordinal()];
    counter.total.increment();
    if (counter.tryTakeLine(System.nanoTime())) {
      LOG.atLevel(reason.level)
          .log(
              "Dropped a message of {} bytes from {}, since {}; {} so far, told at most once a minute",
              lengthBytes,
              sender == null ? "a member" : sender,
              reason.explanation,
              counter.total);
    }
  }

  long of(Reason reason) {
    return counters[reason.ordinal()].total.sum();
  }

  long total() {
    long total = 0;
    for (Counter counter : counters) {
      total += counter.total.sum();
    }
    return total;
  }

  /** One reason's count, and when it may be told again. */
  static final class Counter {
    private final LongAdder total = new LongAdder();
    private final AtomicLong lastLineNanos = new AtomicLong();
    private volatile boolean isTold;

    boolean tryTakeLine(long nowNanos) {
      long last = lastLineNanos.get();
      if (isTold && nowNanos - last < NANOS_BETWEEN_LINES) {
        return false;
      }
      boolean isFirst = lastLineNanos.compareAndSet(last, nowNanos);
      isTold = true;
      return isFirst;
    }
  }
}
