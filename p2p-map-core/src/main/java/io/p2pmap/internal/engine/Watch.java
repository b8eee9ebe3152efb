package io.p2pmap.internal.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own: after every pause, and when it is woken.
 *
 * <p>Threading: any thread.
 */
public final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private final Duration pause;
  private final Runnable action;
  private final Thread thread;
  private final Object lock = new Object();
  private volatile boolean isClosed;

  @GuardedBy("lock")
  private boolean isWoken;

  /** A watch that is not started; its thread is called {@code name}. */
  public Watch(String name, Duration pause, Runnable action) {
    this.pause = pause;
    this.action = action;
    this.thread = Threads.daemon(name, this::run);
  }

  public void start() {
    thread.start();
  }

  /** Ends the present pause, or leaves out the next one. */
  public void wake() {
    synchronized (lock) {
      isWoken = true;
      lock.notifyAll();
    }
  }

  private void run() {
    try {
      while (!isClosed) {
        act();
        rest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void act() {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("{} failed; it goes on", thread.getName(), e);
    }
  }

  private void rest() throws InterruptedException {
    synchronized (lock) {
      if (!isWoken && !isClosed) {
        lock.wait(pause.toMillis());
      }
      isWoken = false;
    }
  }

  public boolean isClosed() {
    return isClosed;
  }

  /** Ends the thread once the present action is done; does not wait for it. */
  @Override
  public void close() {
    isClosed = true;
    wake();
  }
}
