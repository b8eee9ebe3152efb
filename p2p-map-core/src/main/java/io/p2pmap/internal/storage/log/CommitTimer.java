package io.p2pmap.internal.storage.log;

/**
 * When the pending records are forced: at once if somebody waits, soon if there are many, and
 * within a while in any case.
 *
 * <p>If several threads waited for the last force, the next one gives them a moment to come back:
 * one force for all of them is cheaper than two.
 *
 * <p>Threading: one thread at a time.
 */
final class CommitTimer {

  private final Tuning tuning;
  private boolean hasRecords;
  private long lazyForceAtNanos;
  private int company;
  private boolean isCompanyAwaited;
  private long companyUntilNanos;

  CommitTimer(Tuning tuning) {
    this.tuning = tuning;
  }

  /** Pending records were forced, and so many threads had waited for it. */
  void committed(int waiters) {
    company = waiters;
    isCompanyAwaited = false;
    hasRecords = false;
  }

  /**
   * For how long the pending records may stay unforced; {@code Long.MAX_VALUE} if there are none.
   */
  long idleNanos(Pending pending, int waiters, long nowNanos) {
    long bytes = pending.bytes();
    if (pending.isEmpty()) {
      hasRecords = false;
      return Long.MAX_VALUE;
    }
    if (!hasRecords) {
      hasRecords = true;
      lazyForceAtNanos = nowNanos + tuning.lazyForce().toNanos();
    }
    if (bytes >= tuning.eagerBytes()) {
      return 0;
    }
    long lazyNanos = Math.max(0, lazyForceAtNanos - nowNanos);
    return waiters == 0 ? lazyNanos : Math.min(lazyNanos, companyNanos(waiters, nowNanos));
  }

  private long companyNanos(int waiters, long nowNanos) {
    if (waiters >= company) {
      return 0;
    }
    if (!isCompanyAwaited) {
      isCompanyAwaited = true;
      companyUntilNanos = nowNanos + tuning.company().toNanos();
    }
    return Math.max(0, companyUntilNanos - nowNanos);
  }
}
