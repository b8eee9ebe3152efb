package io.p2pmap.cluster;

import io.p2pmap.EntryInfo;
import io.p2pmap.Reach;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.cluster.HistoryRecord.Acknowledged;
import io.p2pmap.cluster.HistoryRecord.Confirmed;
import io.p2pmap.cluster.HistoryRecord.Intent;
import io.p2pmap.cluster.HistoryRecord.Read;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Random puts and removals at a steady rate, each written down, on keys that only this run writes
 * and on keys that all nodes write.
 *
 * <p>Threading: {@link #run} on its own thread; any thread stops it.
 */
final class Workload implements Runnable {

  /**
   * What is done.
   *
   * @param run name of the node and number of its run
   * @param perSecond operations a second
   * @param valueLength characters of a value
   * @param keys how many keys of each of the two kinds
   */
  record Plan(String run, int perSecond, int valueLength, int keys, long seed) {}

  private static final int OPERATIONS_BETWEEN_CONFIRMATIONS = 50;
  private static final int PERCENT_REMOVALS = 20;

  private final ReplicatedMap<String, String> map;
  private final HistoryWriter history;
  private final Plan plan;
  private final Random random;
  private final String padding;
  private final BlockedCalls blocked = new BlockedCalls();
  private final AtomicLong numbers;
  private volatile boolean isStopped;

  /**
   * Prepares the work.
   *
   * @param numbers counts the operations of the run
   */
  Workload(
      ReplicatedMap<String, String> map, HistoryWriter history, AtomicLong numbers, Plan plan) {
    this.map = map;
    this.numbers = numbers;
    this.history = history;
    this.plan = plan;
    this.random = new Random(plan.seed());
    this.padding = " ".repeat(plan.valueLength());
  }

  @Override
  public void run() {
    long pause = 1_000_000_000L / plan.perSecond();
    long next = System.nanoTime();
    while (!isStopped) {
      operate();
      next = Math.max(next + pause, System.nanoTime() - pause); // what was missed is not made up
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void operate() {
    long number = numbers.incrementAndGet();
    boolean isOwn = random.nextBoolean();
    String key = (isOwn ? "own-" + plan.run() : "shared") + "-" + random.nextInt(plan.keys());
    String value = random.nextInt(100) < PERCENT_REMOVALS ? null : plan.run() + "/" + number;
    history.write(new Intent(number, key, value));
    long nanos = blocked.measure(() -> change(key, value));
    history.write(new Acknowledged(number, nanos));
    read(key);
    read("shared-" + random.nextInt(plan.keys()));
    if (number % OPERATIONS_BETWEEN_CONFIRMATIONS == 0) {
      map.whenReplicated(Reach.ALL).thenRun(() -> history.write(new Confirmed(number)));
    }
  }

  private void change(String key, @Nullable String value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value + padding);
    }
  }

  private void read(String key) {
    String value = map.entry(key).map(EntryInfo::value).orElse(null);
    history.write(new Read(key, HistoryWriter.firstWord(value)));
  }

  /** Ends it; the operation under way is finished. */
  void stop() {
    isStopped = true;
  }

  BlockedCalls blocked() {
    return blocked;
  }
}
