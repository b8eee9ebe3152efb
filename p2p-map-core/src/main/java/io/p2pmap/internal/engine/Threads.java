package io.p2pmap.internal.engine;

import java.time.Duration;

/** Starts and ends the library's own threads: named, daemon, and gone after close. */
final class Threads {

  private Threads() {}

  static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Waits for {@code thread} to end, and interrupts it if that takes longer than {@code limit}. */
  static void join(Thread thread, Duration limit) {
    if (thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join(limit.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
