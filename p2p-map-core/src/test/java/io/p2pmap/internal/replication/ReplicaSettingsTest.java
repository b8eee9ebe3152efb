package io.p2pmap.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplicaSettingsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void youthLastsUntilNodesHaveMetAndCompared() {
    Duration slowly = Duration.ofSeconds(30);
    assertThat(youth(Duration.ofMillis(500), HOUR, slowly)).isEqualTo(slowly);
    assertThat(youth(Duration.ofSeconds(10), HOUR, slowly)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void youthIsNoLongerThanAnAbsence() {
    Duration retention = Duration.ofSeconds(2);
    assertThat(youth(Duration.ofSeconds(10), retention, HOUR)).isEqualTo(retention);
  }

  private static Duration youth(Duration syncInterval, Duration retention, Duration meeting) {
    return ReplicaSettings.of(syncInterval, HOUR, retention, HOUR, meeting).youth();
  }
}
