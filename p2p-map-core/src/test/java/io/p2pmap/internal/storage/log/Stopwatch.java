package io.p2pmap.internal.storage.log;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * How long something took, by the clock and by the processor time of its thread, which other
 * processes of the machine change less.
 *
 * <p>Threading: the thread that started it.
 */
public final class Stopwatch {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long nanos = -System.nanoTime();
  private long processorNanos = -THREADS.getCurrentThreadCpuTime();

  private Stopwatch() {}

  /** Starts one. */
  public static Stopwatch start() {
    return new Stopwatch();
  }

  /** Stops it, once. */
  public void stop() {
    nanos += System.nanoTime();
    processorNanos += THREADS.getCurrentThreadCpuTime();
  }

  @Override
  public String toString() {
    return "%,d ms (%,d ms of the processor)"
        .formatted(nanos / 1_000_000, processorNanos / 1_000_000);
  }
}
