package io.p2pmap.internal.replication;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Many schedules from consecutive seeds, on two threads.
 *
 * <p>Threading: {@link #run} once; the rest is guarded by this object.
 */
final class Campaign {

  private static final int THREADS = 2;
  private static final long PROGRESS_NANOS = Duration.ofSeconds(10).toNanos();

  private final long baseSeed;
  private final long count;
  private final Ablation ablation;
  private final int enoughFailures;
  private final long startNanos = System.nanoTime();
  private final Statistics total = new Statistics();
  private final Map<Long, Throwable> failures = new LinkedHashMap<>();
  private long next;
  private boolean printsProgress;
  private long printedNanos = startNanos;

  Campaign(long baseSeed, long count, Ablation ablation, int enoughFailures) {
    this.baseSeed = baseSeed;
    this.count = count;
    this.ablation = ablation;
    this.enoughFailures = enoughFailures;
  }

  Campaign printingProgress() {
    printsProgress = true;
    return this;
  }

  /** Runs until all schedules are done or enough of them have failed. */
  Campaign run() {
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      threads[i] = new Thread(this::runSome, "p2pmap-simulation-" + i);
      threads[i].setDaemon(true);
      threads[i].start();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return this;
  }

  private void runSome() {
    for (long index = nextIndex(); index < count; index = nextIndex()) {
      RandomSchedule schedule = new RandomSchedule(baseSeed + index, ablation, null);
      add(baseSeed + index, schedule, failureOf(schedule));
    }
  }

  private synchronized long nextIndex() {
    return failures.size() < enoughFailures ? next++ : count;
  }

  private static Throwable failureOf(RandomSchedule schedule) {
    try {
      schedule.run();
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }

  private synchronized void add(long seed, RandomSchedule schedule, Throwable failure) {
    total.add(schedule.cluster().statistics);
    if (failure != null) {
      failures.put(seed, failure);
    }
    if (printsProgress && System.nanoTime() - printedNanos > PROGRESS_NANOS) {
      printedNanos = System.nanoTime();
      System.out.println("simulation: " + summary());
    }
  }

  synchronized String summary() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return "%.1f s, %d failed, %s".formatted(seconds, failures.size(), total);
  }

  synchronized Statistics total() {
    return total;
  }

  /** What failed, by seed. */
  synchronized Map<Long, Throwable> failures() {
    return new LinkedHashMap<>(failures);
  }

  /** The course of events of one seed, and how it failed, if it did. */
  static String trace(long seed, Ablation ablation) {
    Trace trace = new Trace();
    RandomSchedule schedule = new RandomSchedule(seed, ablation, trace);
    Throwable failure = failureOf(schedule);
    if (failure != null) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      schedule.cluster().log("%s", text);
    }
    return trace.toString();
  }
}
