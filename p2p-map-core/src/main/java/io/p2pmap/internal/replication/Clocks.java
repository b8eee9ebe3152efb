package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.Now;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the members' wall clocks are apart. A peer's clock is remembered against this node's
 * monotonic clock, so that a jump of the own wall clock shows at once.
 *
 * <p>Threading: confined to its replica.
 */
final class Clocks {

  private final long maxDriftMillis;
  private final Map<UUID, Long> leads = new HashMap<>();

  Clocks(Duration maxDrift) {
    this.maxDriftMillis = maxDrift.toMillis();
  }

  void heard(UUID peer, long wallMillis, Now now) {
    leads.put(peer, wallMillis - monotonicMillis(now));
  }

  void forget(UUID peer) {
    leads.remove(peer);
  }

  /** Clock of {@code peer} minus the own, in milliseconds, or null if it was not measured. */
  @Nullable Long offsetMillis(UUID peer, Now now) {
    Long lead = leads.get(peer);
    return lead == null ? null : lead - ownLead(now);
  }

  /**
   * Whether the own wall clock is within the allowed drift of the median of the members' clocks,
   * the own included; of an even number, of both middle ones.
   */
  boolean isConfirmed(Now now) {
    long own = ownLead(now);
    long[] all = new long[leads.size() + 1];
    int i = 0;
    for (long lead : leads.values()) {
      all[i++] = lead;
    }
    all[i] = own;
    Arrays.sort(all);
    return isNear(own, all[(all.length - 1) / 2]) && isNear(own, all[all.length / 2]);
  }

  private boolean isNear(long own, long median) {
    return Math.abs(own - median) <= maxDriftMillis;
  }

  private static long ownLead(Now now) {
    return now.wallMillis() - monotonicMillis(now);
  }

  private static long monotonicMillis(Now now) {
    return TimeUnit.NANOSECONDS.toMillis(now.monotonicNanos());
  }
}
