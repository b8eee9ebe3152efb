package io.p2pmap.internal.replication;

import java.time.Duration;

/**
 * Intervals and limits of a replica.
 *
 * @param syncInterval how often it reports what it holds
 * @param scanInterval how often it looks for tombstones and expired entries that may leave
 * @param retention how long a replica that is away is waited for
 * @param youth for how long a replica that has begun forgets nothing
 * @param maxClockDrift how far a confirmed clock may be from the median of the members' clocks
 * @param messageBytes about how large a batch or a part of a transfer gets
 * @param outboxBytes how much may be unsent before it is forgotten and the peers have to pull
 * @param isPersisted whether effects say what is to be persisted
 */
public record ReplicaSettings(
    Duration syncInterval,
    Duration scanInterval,
    Duration retention,
    Duration youth,
    Duration maxClockDrift,
    int messageBytes,
    long outboxBytes,
    boolean isPersisted) {

  private static final int DEFAULT_MESSAGE_BYTES = 60_000;
  private static final int YOUTH_INTERVALS = 6;
  private static final long DEFAULT_OUTBOX_BYTES = 64L * 1024 * 1024;

  /**
   * Settings with the default limits of sizes. Youth lasts until nodes have found each other and
   * compared what they hold, also on a busy machine.
   *
   * @param meeting how long nodes may need to find each other
   */
  public static ReplicaSettings of(
      Duration syncInterval,
      Duration scanInterval,
      Duration retention,
      Duration maxClockDrift,
      Duration meeting) {
    // Duration.multipliedBy would load and prepare BigDecimal, at every start.
    Duration comparing = Duration.ofMillis(YOUTH_INTERVALS * syncInterval.toMillis());
    Duration youth = meeting.compareTo(comparing) > 0 ? meeting : comparing;
    return new ReplicaSettings(
        syncInterval,
        scanInterval,
        retention,
        youth.compareTo(retention) < 0 ? youth : retention,
        maxClockDrift,
        DEFAULT_MESSAGE_BYTES,
        DEFAULT_OUTBOX_BYTES,
        false);
  }

  /** The same settings for a replica that is persisted. */
  public ReplicaSettings persisted() {
    return new ReplicaSettings(
        syncInterval,
        scanInterval,
        retention,
        youth,
        maxClockDrift,
        messageBytes,
        outboxBytes,
        true);
  }
}
