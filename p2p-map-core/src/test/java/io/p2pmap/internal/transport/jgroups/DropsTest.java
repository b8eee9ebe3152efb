package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DropsTest {

  @Test
  void everyDropIsCountedByItsReason() {
    Drops drops = new Drops();

    drops.count(Drops.Reason.NOT_A_MEMBER, null, 1);
    drops.count(Drops.Reason.NOT_A_MEMBER, null, 2);
    drops.count(Drops.Reason.TOO_LONG, null, 3);

    assertThat(drops.of(Drops.Reason.NOT_A_MEMBER)).isEqualTo(2);
    assertThat(drops.of(Drops.Reason.TOO_LONG)).isEqualTo(1);
    assertThat(drops.of(Drops.Reason.NOT_OURS)).isZero();
    assertThat(drops.total()).isEqualTo(3);
  }

  @Test
  void aFloodLeavesOneLineAMinute() {
    Drops.Counter counter = new Drops.Counter();
    long start = Long.MAX_VALUE - 1_000; // nanoTime may overflow
    Duration flood = Duration.ofSeconds(150);

    long lines =
        LongStream.range(0, flood.toMillis())
            .filter(millis -> counter.tryTakeLine(start + Duration.ofMillis(millis).toNanos()))
            .count();

    assertThat(lines).isEqualTo(3);
  }
}
