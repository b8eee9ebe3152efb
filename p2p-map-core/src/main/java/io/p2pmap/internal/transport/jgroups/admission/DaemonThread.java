package io.p2pmap.internal.transport.jgroups.admission;

/** Starts threads that keep no process alive and inherit nothing from who starts them. */
final class DaemonThread {

  private DaemonThread() {}

  static void start(String name, Runnable task) {
    create(name, task).start();
  }

  static Thread create(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    return thread;
  }
}
