package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.MapStore;
import io.p2pmap.internal.storage.SnapshotSource;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StoreListener;
import io.p2pmap.internal.storage.StoreStatus;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A store with a thread of its own, the only one that touches its files after they are opened: an
 * interrupt closes a file channel for everybody.
 *
 * <p>Threading: any thread.
 */
final class LogMapStore implements MapStore {

  private static final long SPIN_NANOS = 50_000; // a thread can't be parked for less

  private static final SnapshotSource NOTHING =
      atInstant -> {
        throw new IllegalStateException("Not started");
      };

  /** How the store goes on. */
  private enum Phase {
    OPENED,
    RUNNING,
    CLOSING,
    DELETING
  }

  private final Disk disk;
  private final Recovery recovery;
  private final Tuning tuning;
  private final StoreLoop.Shared shared;
  private final Thread thread;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPENED);
  private volatile @Nullable StoreLoop loop;
  private volatile @Nullable StorageException closeFailure;

  LogMapStore(String mapName, Disk disk, Recovery recovery, Tuning tuning) {
    this.disk = disk;
    this.recovery = recovery;
    this.tuning = tuning;
    this.shared = StoreLoop.Shared.of(tuning);
    this.thread = new Thread(null, this::run, "p2pmap-store-" + mapName, 0, false);
    thread.setDaemon(true);
    shared.counters().sizes(recovery.logBytes(), recovery.snapshotBytes());
  }

  @Override
  public synchronized void start(SnapshotSource source, StoreListener listener) {
    if (!phase.compareAndSet(Phase.OPENED, Phase.RUNNING)) {
      throw new IllegalStateException(
          "The store in %s was started before".formatted(disk.location()));
    }
    loop = newLoop(source, listener);
    thread.start();
  }

  private StoreLoop newLoop(SnapshotSource source, StoreListener listener) {
    return new StoreLoop(disk, recovery, tuning, shared, source, listener, System::nanoTime);
  }

  @Override
  public long append(byte[] record) {
    if (record.length > MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "Record of %d bytes is longer than %d".formatted(record.length, MAX_RECORD_BYTES));
    }
    Pending.Appended appended = shared.pending().append(record);
    int eager = tuning.eagerBytes();
    if (appended.bytesBefore() == 0
        || (appended.bytesBefore() < eager && appended.bytes() >= eager)) {
      wake();
    }
    return appended.position();
  }

  @Override
  public void await(long position) {
    shared.waiters().await(position, this::wake);
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public @Nullable StorageException degradedCause() {
    return shared.counters().degradedCause();
  }

  @Override
  public StoreStatus status() {
    return shared
        .counters()
        .status(disk.location(), shared.pending().position(), recovery.report());
  }

  @Override
  public void close() {
    end(Phase.CLOSING);
    StorageException failure = closeFailure;
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void delete() {
    end(Phase.DELETING);
    StorageException failure = closeFailure;
    if (failure != null) {
      throw failure;
    }
  }

  private void end(Phase how) {
    requestEnd(how);
    wake();
    join();
  }

  private synchronized void requestEnd(Phase how) {
    if (phase.compareAndSet(Phase.OPENED, how)) {
      loop = newLoop(NOTHING, StoreListener.none());
      thread.start(); // only to end, but on the thread that may touch the files
    } else {
      phase.compareAndSet(Phase.RUNNING, how);
    }
  }

  private void join() {
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true; // what was appended is forced all the same
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    StoreLoop steps = loop;
    if (steps == null) {
      throw new AssertionError("Started without a loop");
    }
    try {
      while (phase.get() == Phase.RUNNING) {
        Thread.interrupted(); // it would close the files
        pause(steps.step());
      }
      if (phase.get() == Phase.DELETING) {
        steps.stop();
        disk.destroy();
      } else {
        closeFailure = steps.finish();
      }
    } catch (IOException e) {
      closeFailure =
          new StorageException(
              "Can't remove the map's files in %s: %s".formatted(disk.location(), e),
              "Remove the directory by hand",
              e);
    } finally {
      release();
    }
  }

  private void pause(long nanos) {
    if (nanos > SPIN_NANOS) {
      LockSupport.parkNanos(this, nanos);
    } else if (nanos > 0) {
      Thread.onSpinWait();
    }
  }

  private void release() {
    shared.counters().closed();
    shared.pending().discard();
    shared
        .waiters()
        .fail(
            new StorageException(
                "The map's store in %s is closed".formatted(disk.location()),
                "Open it again",
                null));
    try {
      disk.close();
    } catch (IOException e) {
      closeFailure =
          new StorageException(
              "Can't release %s: %s".formatted(disk.location(), e), "End the process", e);
    }
  }
}
