package io.p2pmap.internal.engine;

import java.time.Duration;
import java.util.function.Consumer;

/** Starts and ends the library's own threads: named, daemon, and gone after close. */
final class Threads {

  private Threads() {}

  static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A thread that the node can't do without; {@code onFailure} runs on it if it ends by a throw.
   */
  static Thread daemon(String name, Runnable work, Consumer<Throwable> onFailure) {
    Thread thread = daemon(name, work);
    thread.setUncaughtExceptionHandler((any, cause) -> onFailure.accept(cause));
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
