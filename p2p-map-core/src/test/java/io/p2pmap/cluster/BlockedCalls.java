package io.p2pmap.cluster;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls that are held up. A call that takes long is looked at while it does: it is held up if
 * it waits for anything but a lock whose owner only lacks a processor. So a machine with too much
 * to do is no excuse, and no false alarm.
 *
 * <p>Threading: one thread measures, any thread asks.
 */
final class BlockedCalls {

  /** No call may be held up for longer. */
  private static final long LIMIT_MILLIS = 50;

  private static final List<String> IO_PACKAGES = List.of("sun.nio.ch.", "java.net.");

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final ScheduledExecutorService WATCH = watch();

  private volatile long calls;
  private volatile long longestNanos;
  private volatile @Nullable String heldUp;

  private static ScheduledExecutorService watch() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "watch");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** Runs {@code call}; returns how long it took. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread measures
  long measure(Runnable call) {
    Thread caller = Thread.currentThread();
    AtomicBoolean isDone = new AtomicBoolean();
    var look =
        WATCH.scheduleWithFixedDelay(
            () -> look(caller, isDone), LIMIT_MILLIS, LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    long start = System.nanoTime();
    call.run();
    long nanos = System.nanoTime() - start;
    isDone.set(true);
    look.cancel(false);
    calls++;
    longestNanos = Math.max(longestNanos, nanos);
    return nanos;
  }

  private void look(Thread caller, AtomicBoolean isDone) {
    long ownerId = THREADS.getThreadInfo(caller.getId()).getLockOwnerId();
    long[] ids = ownerId < 0 ? new long[] {caller.getId()} : new long[] {caller.getId(), ownerId};
    ThreadInfo[] infos = THREADS.getThreadInfo(ids, true, true); // both at one moment
    ThreadInfo waiting = infos[0];
    ThreadInfo owner = infos.length == 1 ? null : infos[1];
    boolean isSameOwner = waiting.getLockOwnerId() == ownerId;
    if (!isDone.get() && isSameOwner && isHeldUp(waiting, owner)) {
      heldUp = waiting + " by " + owner;
    }
  }

  private static boolean isHeldUp(ThreadInfo waiting, @Nullable ThreadInfo owner) {
    if (waiting.getThreadState() == Thread.State.RUNNABLE) {
      return isInIo(waiting);
    }
    if (owner == null) {
      LockInfo lock = waiting.getLockInfo();
      boolean isFree = lock != null && lock.getClassName().contains("ReentrantLock");
      return !isFree; // a free lock is about to be taken
    }
    return owner.getThreadState() != Thread.State.RUNNABLE || isInIo(owner);
  }

  /** A thread that reads or writes counts as running, even while it waits. */
  private static boolean isInIo(ThreadInfo thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && IO_PACKAGES.stream().anyMatch(stack[0].getClassName()::startsWith);
  }

  long calls() {
    return calls;
  }

  /** Number of calls, the longest in nanoseconds, and who held up one of them, or null. */
  ControlLine toLine() {
    return ControlLine.of(calls, longestNanos, heldUp);
  }
}
