package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Those who wait for something to be true of a replica, and when to ask the members again.
 *
 * <p>Threading: confined to its driver's lock.
 */
final class Waiters {

  private static final long PROBE_NANOS = Duration.ofMillis(100).toNanos();

  private record Waiter(
      Predicate<Replica<?>> condition, CompletableFuture<Void> future, boolean asks) {}

  private final List<Waiter> waiters = new ArrayList<>();
  private long nextProbeNanos;

  /** Adds one that waits for what the members report, and has them asked again and again. */
  void add(Predicate<Replica<?>> condition, CompletableFuture<Void> future, long nowNanos) {
    waiters.add(new Waiter(condition, future, true));
    nextProbeNanos = nowNanos + PROBE_NANOS;
  }

  /** Adds one that only waits, so that strangers can't make this node send anything by it. */
  void addSilent(Predicate<Replica<?>> condition, CompletableFuture<Void> future) {
    waiters.add(new Waiter(condition, future, false));
  }

  /** Takes out those whose condition holds; lets go of those who gave up. */
  List<CompletableFuture<Void>> takeReached(Replica<?> replica) {
    if (waiters.isEmpty()) {
      return List.of();
    }
    List<CompletableFuture<Void>> reached = new ArrayList<>();
    for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
      Waiter waiter = all.next();
      if (waiter.future().isDone()) {
        all.remove();
      } else if (waiter.condition().test(replica)) {
        all.remove();
        reached.add(waiter.future());
      }
    }
    return reached;
  }

  List<CompletableFuture<Void>> takeAll() {
    List<CompletableFuture<Void>> all = waiters.stream().map(Waiter::future).toList();
    waiters.clear();
    return all;
  }

  boolean isProbeDue(long nowNanos) {
    if (!isAnyAsking() || nowNanos - nextProbeNanos < 0) {
      return false;
    }
    nextProbeNanos = nowNanos + PROBE_NANOS;
    return true;
  }

  /** The earlier of the replica's next tick and the next probe. */
  long earlier(long tickNanos) {
    return !isAnyAsking() || tickNanos - nextProbeNanos < 0 ? tickNanos : nextProbeNanos;
  }

  private boolean isAnyAsking() {
    for (Waiter waiter : waiters) { // at every input, so without a stream
      if (waiter.asks()) {
        return true;
      }
    }
    return false;
  }
}
