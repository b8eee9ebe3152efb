package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.engine.NodeClock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clocks of one simulated machine: the monotonic one is right, the wall clock is off by a small
 * skew, and by an error while it is plainly wrong.
 */
final class SimulatedClock implements NodeClock {

  private final LongSupplier trueMillis;
  long skewMillis;
  long errorMillis;

  SimulatedClock(LongSupplier trueMillis) {
    this.trueMillis = trueMillis;
  }

  @Override
  public Now now() {
    return new Now(wallMillis(), TimeUnit.MILLISECONDS.toNanos(trueMillis.getAsLong()));
  }

  long wallMillis() {
    return Math.max(1, trueMillis.getAsLong() + skewMillis + errorMillis);
  }

  /** How far the wall clock is ahead of the true time. */
  long aheadMillis() {
    return wallMillis() - trueMillis.getAsLong();
  }
}
