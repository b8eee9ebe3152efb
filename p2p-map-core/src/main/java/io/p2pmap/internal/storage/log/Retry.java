package io.p2pmap.internal.storage.log;

/**
 * When a snapshot that failed is attempted again: later each time.
 *
 * <p>Threading: one thread at a time.
 */
final class Retry {

  private final Tuning tuning;
  private boolean isWaiting;
  private long atNanos;
  private long delayNanos;

  Retry(Tuning tuning) {
    this.tuning = tuning;
  }

  /** Waits; returns whether this is the first failure in a row. */
  boolean failed(long nowNanos) {
    boolean isFirst = delayNanos == 0;
    delayNanos =
        isFirst
            ? tuning.firstRetry().toNanos()
            : Math.min(2 * delayNanos, tuning.lastRetry().toNanos());
    atNanos = nowNanos + delayNanos;
    isWaiting = true;
    return isFirst;
  }

  void succeeded() {
    isWaiting = false;
    delayNanos = 0;
  }

  /** For how long there is nothing to attempt. */
  long waitNanos(long nowNanos) {
    return isWaiting ? Math.max(0, atNanos - nowNanos) : 0;
  }
}
