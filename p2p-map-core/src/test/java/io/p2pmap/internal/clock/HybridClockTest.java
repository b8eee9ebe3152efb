package io.p2pmap.internal.clock;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HybridClockTest {

  private final HybridClock clock = new HybridClock();

  @Property
  void everyTimeIsGreaterThanAllBefore(@ForAll long[] wallMillis) {
    long last = 0;
    for (long wall : wallMillis) {
      long next = clock.next(wall);
      assertThat(next).isGreaterThan(last);
      assertThat(HybridTime.isWellFormed(next)).isTrue();
      last = next;
    }
  }

  @Test
  void aTimeIsGreaterThanWhatWasWitnessed() {
    clock.witness(HybridTime.ofMillis(5_000) + 7);
    assertThat(clock.next(1)).isEqualTo(HybridTime.ofMillis(5_000) + 8);
  }

  @Test
  void theCounterCarriesIntoTheMilliseconds() {
    clock.witness(HybridTime.ofMillis(5) + 0xFFFF);
    assertThat(clock.next(5)).isEqualTo(HybridTime.ofMillis(6));
  }

  @Test
  void aWallClockOfAnyValueGivesAWellFormedTime() {
    assertThat(HybridTime.ofMillis(Long.MIN_VALUE)).isZero();
    assertThat(HybridTime.isWellFormed(HybridTime.ofMillis(Long.MAX_VALUE))).isTrue();
    assertThat(HybridTime.isWellFormed(HybridTime.MAX + 1)).isFalse();
    assertThat(HybridTime.isWellFormed(0)).isFalse();
  }

  @Test
  void theMillisecondsComeBack() {
    assertThat(HybridTime.epochMillis(HybridTime.ofMillis(1_234_567) + 9)).isEqualTo(1_234_567);
  }
}
