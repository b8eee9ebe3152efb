package io.p2pmap.internal.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitTimerTest {

  private static final Duration LAZY = Duration.ofSeconds(1);

  private final Tuning tuning = Tuning.of(LAZY);
  private final CommitTimer timer = new CommitTimer(tuning);
  private final Pending pending = new Pending(tuning.maxPendingBytes());
  private long nowNanos = -5; // a monotonic clock may be negative

  private long idleNanos(int waiters) {
    return timer.idleNanos(pending, waiters, nowNanos);
  }

  @Test
  void withoutRecordsNothingIsDue() {
    assertThat(idleNanos(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRecordThatSomebodyWaitsForIsDueAtOnce() {
    pending.append(new byte[10]);

    assertThat(idleNanos(1)).isZero();
  }

  @Test
  void aRecordThatNobodyWaitsForIsDueWithinAWhile() {
    pending.append(new byte[10]);
    assertThat(idleNanos(0)).isEqualTo(LAZY.toNanos());

    nowNanos += LAZY.toNanos() / 2;
    pending.append(new byte[10]); // later ones do not move it
    assertThat(idleNanos(0)).isEqualTo(LAZY.toNanos() / 2);

    nowNanos += LAZY.toNanos();
    assertThat(idleNanos(0)).isZero();
  }

  @Test
  void theWhileBeginsAgainAfterAForce() {
    pending.append(new byte[10]);
    idleNanos(0);
    nowNanos += LAZY.toNanos() / 2;
    pending.take();
    timer.committed(0);

    pending.append(new byte[10]);

    assertThat(idleNanos(0)).isEqualTo(LAZY.toNanos());
  }

  @Test
  void manyRecordsAreDueAtOnce() {
    pending.append(new byte[tuning.eagerBytes()]);

    assertThat(idleNanos(0)).isZero();
  }

  @Test
  void aForceWaitsAMomentForAsManyAsWaitedForTheLastOne() {
    timer.committed(3);
    pending.append(new byte[10]);
    assertThat(idleNanos(2)).isEqualTo(tuning.company().toNanos());
    assertThat(idleNanos(3)).isZero();
  }

  @Test
  void aForceDoesNotWaitLongerForThoseWhoDoNotComeBack() {
    timer.committed(3);
    pending.append(new byte[10]);
    idleNanos(1);

    nowNanos += tuning.company().toNanos();

    assertThat(idleNanos(1)).isZero();
    timer.committed(1); // and the next one does not wait for them at all
    assertThat(idleNanos(1)).isZero();
  }
}
