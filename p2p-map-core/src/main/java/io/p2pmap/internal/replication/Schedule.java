package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.Now;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * When a replica reports and scans, on the monotonic clock. Reports are spread by a tenth of their
 * interval, so that nodes that started together do not stay in step.
 *
 * <p>Everybody hears every report. Beyond {@link #FULL_RATE_MEMBERS} members each one reports
 * proportionally less often, so that what a node sends and hears in an interval stays the same: it
 * is still compared with so many others, which is as good for finding out that something is
 * missing.
 *
 * <p>Threading: confined to its replica.
 */
final class Schedule {

  /** Members that report once an interval each. */
  static final int FULL_RATE_MEMBERS = 16;

  private static final int STALLED_AFTER_INTERVALS = 2;

  private final long syncNanos;
  private final long scanNanos;
  private final SplittableRandom jitter;
  private long nextReportNanos;
  private long nextScanNanos;

  Schedule(UUID incarnation, ReplicaSettings settings, long nowNanos) {
    this.syncNanos = settings.syncInterval().toNanos();
    this.scanNanos = settings.scanInterval().toNanos();
    this.jitter = new SplittableRandom(incarnation.getLeastSignificantBits());
    this.nextReportNanos = nowNanos + spread(syncNanos);
    this.nextScanNanos = nowNanos + scanNanos;
  }

  private long spread(long nanos) {
    long tenth = nanos / 10;
    return nanos - tenth + jitter.nextLong(2 * tenth + 1);
  }

  /** Whether to report to the others; {@code members} counts this one. */
  boolean isReportDue(long nowNanos, int members) {
    if (nowNanos - nextReportNanos < 0) {
      return false;
    }
    int share = Math.max(members, FULL_RATE_MEMBERS);
    nextReportNanos = nowNanos + spread(syncNanos * share / FULL_RATE_MEMBERS);
    return true;
  }

  boolean isScanDue(long nowNanos) {
    if (nowNanos - nextScanNanos < 0) {
      return false;
    }
    nextScanNanos = nowNanos + scanNanos;
    return true;
  }

  /** Transfers without progress since this are given up. */
  long stalledSince(long nowNanos) {
    return nowNanos - STALLED_AFTER_INTERVALS * syncNanos;
  }

  /** The next report, scan, or expiry. */
  long nextTickNanos(Now now, long nextExpiryMillis) {
    long nowNanos = now.monotonicNanos();
    long untilExpiryMillis = Math.max(0, nextExpiryMillis - now.wallMillis());
    long pause =
        Math.min(
            Math.min(nextReportNanos - nowNanos, nextScanNanos - nowNanos),
            TimeUnit.MILLISECONDS.toNanos(untilExpiryMillis));
    return nowNanos + Math.max(0, pause);
  }
}
