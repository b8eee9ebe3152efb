package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PacedCountTest {

  @Test
  void aFloodLeavesOneLineAMinute() {
    PacedCount count = new PacedCount();
    long start = Long.MAX_VALUE - 1_000; // nanoTime may overflow
    Duration flood = Duration.ofSeconds(150);

    long lines =
        LongStream.range(0, flood.toMillis())
            .filter(millis -> count.count(start + Duration.ofMillis(millis).toNanos()))
            .count();

    assertThat(lines).isEqualTo(3);
    assertThat(count.total()).isEqualTo(flood.toMillis());
  }
}
