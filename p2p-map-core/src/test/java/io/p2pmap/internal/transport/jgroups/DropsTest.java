package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

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
}
