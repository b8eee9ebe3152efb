package io.p2pmap.internal.storage.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.p2pmap.internal.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait until a position is durable, and how far that is.
 *
 * <p>Threading: any thread waits; one thread at a time tells.
 */
final class Waiters {

  private static final class Waiter {
    final long position;
    final Thread thread = Thread.currentThread();
    volatile boolean isOver;
    volatile @Nullable StorageException failure;

    Waiter(long position) {
      this.position = position;
    }

    void end(@Nullable StorageException cause) {
      failure = cause;
      isOver = true;
      LockSupport.unpark(thread);
    }
  }

  @GuardedBy("this")
  private List<Waiter> waiting = new ArrayList<>();

  @GuardedBy("this")
  private @Nullable StorageException failure;

  private volatile long durable;
  private volatile int count;

  /** Waits, after calling {@code wake} if it has to. */
  void await(long position, Runnable wake) {
    if (position <= durable) {
      return;
    }
    Waiter waiter = new Waiter(position);
    if (!isAdded(waiter)) {
      return;
    }
    wake.run();
    boolean wasInterrupted = false;
    while (!waiter.isOver) {
      LockSupport.park(this);
      wasInterrupted |= Thread.interrupted(); // or it would not park again
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
    StorageException cause = waiter.failure;
    if (cause != null) {
      throw asSeenHere(cause);
    }
  }

  private synchronized boolean isAdded(Waiter waiter) {
    if (waiter.position <= durable) {
      return false;
    }
    if (failure != null) {
      throw asSeenHere(failure);
    }
    waiting.add(waiter);
    count = waiting.size();
    return true;
  }

  /** With the stack of the thread that waited. */
  private static StorageException asSeenHere(StorageException cause) {
    return new StorageException(cause.description(), cause.action(), cause);
  }

  /** Everything up to {@code position} is durable; returns how many waited for that. */
  int advanceTo(long position) {
    List<Waiter> ended = new ArrayList<>();
    synchronized (this) {
      durable = position;
      List<Waiter> left = new ArrayList<>();
      for (Waiter waiter : waiting) {
        (waiter.position <= position ? ended : left).add(waiter);
      }
      waiting = left;
      count = left.size();
    }
    ended.forEach(waiter -> waiter.end(null));
    return ended.size();
  }

  /** Ends every wait, now and from now on, with {@code cause}. */
  void fail(StorageException cause) {
    List<Waiter> ended;
    synchronized (this) {
      failure = cause;
      ended = waiting;
      waiting = new ArrayList<>();
      count = 0;
    }
    ended.forEach(waiter -> waiter.end(cause));
  }

  /** Waiting makes sense again. */
  synchronized void heal() {
    failure = null;
  }

  synchronized @Nullable StorageException failure() {
    return failure;
  }

  int count() {
    return count;
  }

  long durable() {
    return durable;
  }
}
