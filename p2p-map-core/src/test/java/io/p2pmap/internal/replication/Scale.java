package io.p2pmap.internal.replication;

import java.time.Duration;
import java.util.SplittableRandom;

/** The lengths of time and sizes of simulated clusters; a step takes about a millisecond. */
final class Scale {

  /** How far a good clock is from the true time. */
  static final long SKEW_MILLIS = 20;

  /** Twice the skew, so that good clocks always confirm each other. */
  static final long MAX_DRIFT_MILLIS = 2 * SKEW_MILLIS;

  static final long LONG_RETENTION_MILLIS = 10_000_000;

  private static final int[] YOUTH_MILLIS = {0, 0, 10, 50};
  private static final int[] MESSAGE_BYTES = {1, 50, 50, 100, 60_000};
  private static final int[] OUTBOX_BYTES = {100, 200, 1_000_000, 1_000_000};

  private Scale() {}

  /** For schedules written by hand: nothing is due unless it is made due. */
  static ReplicaSettings byHand() {
    return byHand(60_000, Duration.ZERO);
  }

  /** The same, and replicas forget nothing for a while. */
  static ReplicaSettings ofLongYouth() {
    return byHand(60_000, Duration.ofMillis(500));
  }

  /** The same, with one entry a message. */
  static ReplicaSettings ofTinyMessages() {
    return byHand(1, Duration.ZERO);
  }

  private static ReplicaSettings byHand(int messageBytes, Duration youth) {
    return new ReplicaSettings(
        Duration.ofMillis(10),
        Duration.ofMillis(10),
        Duration.ofMillis(1_000),
        youth,
        Duration.ofMillis(MAX_DRIFT_MILLIS),
        messageBytes,
        1_000_000,
        false);
  }

  static ReplicaSettings random(SplittableRandom random, boolean retentionMayExpire) {
    return new ReplicaSettings(
        Duration.ofMillis(5 + random.nextInt(35)),
        Duration.ofMillis(5 + random.nextInt(20)),
        Duration.ofMillis(retentionMayExpire ? 10 + random.nextInt(200) : LONG_RETENTION_MILLIS),
        Duration.ofMillis(YOUTH_MILLIS[random.nextInt(YOUTH_MILLIS.length)]),
        Duration.ofMillis(MAX_DRIFT_MILLIS),
        MESSAGE_BYTES[random.nextInt(MESSAGE_BYTES.length)],
        OUTBOX_BYTES[random.nextInt(OUTBOX_BYTES.length)],
        false);
  }
}
