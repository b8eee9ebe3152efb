package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.SnapshotSource;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StoreListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a store does next: writes and forces what is pending, or a slice of a snapshot, or starts
 * again after a failure. It owns no thread and no clock, so that simulations drive it as production
 * does.
 *
 * <p>After a failed write or force nobody knows what is on disk, and a second force that succeeds
 * proves nothing. So the log is given up, every wait fails, and a snapshot in new files is
 * attempted until one succeeds.
 *
 * <p>Threading: one thread at a time; what is in {@link Shared} is shared with others.
 */
final class StoreLoop {

  private static final Logger LOG = LoggerFactory.getLogger(StoreLoop.class);

  /** What a loop shares with the threads that append, wait and ask. */
  record Shared(Pending pending, Waiters waiters, Counters counters) {

    static Shared of(Tuning tuning) {
      return new Shared(new Pending(tuning.maxPendingBytes()), new Waiters(), new Counters());
    }
  }

  private final Disk disk;
  private final Tuning tuning;
  private final Pending pending;
  private final Waiters waiters;
  private final Counters counters;
  private final StoreListener listener;
  private final LongSupplier nanoClock;
  private final LogChain chain;
  private final CommitTimer timer;
  private final Compactor compactor;

  private @Nullable StorageException failure;
  private long committed;

  StoreLoop(
      Disk disk,
      Recovery recovery,
      Tuning tuning,
      Shared shared,
      SnapshotSource source,
      StoreListener listener,
      LongSupplier nanoClock) {
    this.disk = disk;
    this.tuning = tuning;
    this.pending = shared.pending();
    this.waiters = shared.waiters();
    this.counters = shared.counters();
    this.listener = listener;
    this.nanoClock = nanoClock;
    this.chain = new LogChain(disk, recovery, tuning);
    this.timer = new CommitTimer(tuning);
    this.compactor = new Compactor(disk, tuning, pending, counters, source, nanoClock);
  }

  /** Does what is due; returns for how many nanoseconds nothing will be. */
  long step() {
    try {
      requireNoOverflow();
      if (failure == null && commitIdleNanos() == 0) {
        commit(pending.take());
      }
      compactIfDue();
    } catch (IOException | RuntimeException | Error e) {
      degrade(e);
    }
    return idleNanos();
  }

  private long idleNanos() {
    if (compactor.isRunning() || compactor.hasReplaced()) {
      return 0;
    }
    long commitNanos = failure == null ? commitIdleNanos() : Long.MAX_VALUE;
    return isCompactionNeeded() ? Math.min(commitNanos, compactor.waitNanos()) : commitNanos;
  }

  private long commitIdleNanos() {
    return timer.idleNanos(pending, waiters.count(), nanoClock.getAsLong());
  }

  private boolean isCompactionNeeded() {
    return failure != null || tuning.isTooLong(chain.bytes(), counters.snapshotBytes());
  }

  private void requireNoOverflow() throws IOException {
    if (pending.takeOverflow()) {
      throw new IOException(
          "More than %d bytes wait, the disk is too slow".formatted(tuning.maxPendingBytes()));
    }
  }

  private void commit(List<byte[]> records) throws IOException {
    long start = System.nanoTime();
    long bytes = chain.commit(records);
    committed += records.size();
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    counters.forced(bytes, committed, chain.bytes(), duration);
    timer.committed(waiters.advanceTo(committed));
    tell(() -> listener.forced(duration));
  }

  private void compactIfDue() throws IOException {
    if (compactor.isRunning()) {
      Compactor.Run complete = compactor.writeSlice();
      if (complete != null) {
        goOnBehind(complete);
      } else if (failure != null && !compactor.isRunning()) {
        pending.discard(); // the attempt failed: the next one will cover these records, too
      }
    } else if (compactor.hasReplaced()) {
      compactor.deleteReplaced();
    } else if (isCompactionNeeded() && compactor.waitNanos() == 0) {
      beginCompaction();
    }
  }

  /** Divides the log at one instant, and begins to write what the map held at it. */
  private void beginCompaction() throws IOException {
    Iterator<byte[]> records = compactor.capture();
    List<byte[]> before = pending.takeBeforeInstant();
    if (failure == null && !before.isEmpty()) {
      commit(before);
    }
    if (records != null) {
      long number = chain.roll();
      compactor.begin(records, number, chain.bytes());
    }
    if (failure != null && !compactor.isRunning()) {
      pending.discard();
    }
  }

  private void goOnBehind(Compactor.Run complete) throws IOException {
    SnapshotWriter snapshot = complete.writer();
    boolean isHealing = failure != null;
    if (isHealing) {
      chain.continueSnapshot(snapshot.number());
    } else {
      chain.replaceBy(snapshot.number(), complete.replacedLogBytes());
    }
    counters.snapshotWritten(snapshot.length(), chain.bytes());
    compactor.complete(snapshot.number());
    if (isHealing) {
      heal(complete.instant());
    }
  }

  private void degrade(Throwable reason) {
    StorageException cause =
        new StorageException(
            "Can't write the map's log in %s: %s".formatted(disk.location(), reason),
            "Make room, or repair the disk; the store tries again by itself",
            reason);
    failure = cause;
    pending.discard();
    counters.degraded(cause);
    waiters.fail(cause);
    chain.abandon();
    compactor.abort();
    compactor.postpone();
    tell(() -> listener.degraded(cause));
  }

  private void heal(long instant) {
    failure = null;
    committed = instant;
    counters.healed(instant);
    waiters.heal();
    waiters.advanceTo(instant);
    tell(listener::healed);
  }

  private void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.warn("A listener of the store in {} failed; it goes on", disk.location(), e);
    }
  }

  /** Forces what is pending and ends; returns why not everything is on disk, or null if it is. */
  @Nullable StorageException finish() {
    try {
      requireNoOverflow();
      if (failure == null && !pending.isEmpty()) {
        commit(pending.take());
      }
    } catch (IOException | RuntimeException | Error e) {
      degrade(e);
    }
    while (compactor.hasReplaced()) {
      compactor.deleteReplaced();
    }
    StorageException cause = failure;
    stop();
    return cause;
  }

  /** Ends; what is pending is dropped. */
  void stop() {
    compactor.abort();
    try {
      chain.close();
    } catch (IOException e) {
      LOG.warn("{}: can't close the log: {}", disk.location(), e.toString());
    }
  }
}
