package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.SnapshotSource;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots slice by slice, and deletes what they replace. An attempt that fails harms
 * nothing, and is made again later.
 *
 * <p>Threading: one thread at a time.
 */
final class Compactor {

  private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

  /** A snapshot that is being written, or complete. */
  record Run(SnapshotWriter writer, long instant, long replacedLogBytes) {}

  private final Disk disk;
  private final Tuning tuning;
  private final Pending pending;
  private final Counters counters;
  private final SnapshotSource source;
  private final LongSupplier nanoClock;
  private final Retry retry;
  private final Queue<String> replaced = new ArrayDeque<>();
  private @Nullable Run running;

  Compactor(
      Disk disk,
      Tuning tuning,
      Pending pending,
      Counters counters,
      SnapshotSource source,
      LongSupplier nanoClock) {
    this.disk = disk;
    this.tuning = tuning;
    this.pending = pending;
    this.counters = counters;
    this.source = source;
    this.nanoClock = nanoClock;
    this.retry = new Retry(tuning);
  }

  boolean isRunning() {
    return running != null;
  }

  /** For how long no attempt is to be made. */
  long waitNanos() {
    return retry.waitNanos(nanoClock.getAsLong());
  }

  /** Captures the map, and divides the pending records at that instant; null if that failed. */
  @Nullable Iterator<byte[]> capture() {
    try {
      return source.capture(pending::markInstant);
    } catch (RuntimeException e) {
      postpone(e);
      return null;
    }
  }

  /** Begins to write what was captured, which replaces {@code logBytes} of logs. */
  void begin(Iterator<byte[]> records, long number, long logBytes) {
    try {
      SnapshotWriter writer = SnapshotWriter.begin(disk, number, records, tuning.sliceBytes());
      running = new Run(writer, pending.instant(), logBytes);
    } catch (IOException e) {
      postpone(e);
    }
  }

  /** Writes the next slice; returns the snapshot if it is complete now. */
  @Nullable Run writeSlice() {
    Run run = running;
    if (run == null) {
      return null;
    }
    try {
      if (!run.writer().writeSlice()) {
        return null;
      }
    } catch (IOException | RuntimeException e) {
      abort();
      postpone(e);
      return null;
    }
    running = null;
    return run;
  }

  /** The store goes on behind snapshot {@code number}. */
  void complete(long number) {
    retry.succeeded();
    try {
      replaced.addAll(SnapshotWriter.replaced(disk, number));
    } catch (IOException e) {
      LOG.warn("{}: can't find what a snapshot replaced: {}", disk.location(), e.toString());
    }
  }

  boolean hasReplaced() {
    return !replaced.isEmpty();
  }

  /** Deletes one file, because that may take a while; the next opening deletes what is left. */
  void deleteReplaced() {
    String name = replaced.remove();
    try {
      disk.delete(name);
    } catch (IOException e) {
      LOG.warn("{}: can't delete {}: {}", disk.location(), name, e.toString());
    }
  }

  private void postpone(Exception reason) {
    counters.snapshotFailed(reason.toString());
    if (postpone()) {
      LOG.warn("{}: can't write a snapshot, tries again: {}", disk.location(), reason.toString());
    }
  }

  /** Makes no attempt for a while; returns whether this is the first failure in a row. */
  boolean postpone() {
    return retry.failed(nanoClock.getAsLong());
  }

  /** Drops the snapshot that is being written. */
  void abort() {
    if (running != null) {
      running.writer().abort();
      running = null;
    }
  }
}
