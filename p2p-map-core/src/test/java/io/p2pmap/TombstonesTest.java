package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which removals stay, and for whom. */
class TombstonesTest {

  private static final MapSpec<String, String> SPEC =
      MapSpec.of("m", String.class, String.class).scanInterval(Duration.ofMillis(100));

  private final MemoryCluster cluster = new MemoryCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aRemovalWaitsForTheNodeThatIsAway() {
    ReplicatedMap<String, String> a = cluster.started("a").open(SPEC);
    ReplicatedMap<String, String> b = cluster.started("b").open(SPEC);
    a.put("k", "v");
    await().until(() -> b.containsKey("k") && a.status().isInSync());
    cluster.cut("a", "b");
    await().until(() -> a.status().members().isEmpty());
    Instant before = Instant.now().minusSeconds(1);
    a.remove("k");
    TombstoneInfo<String> tombstone = a.tombstones().get(0);
    assertThat(tombstone.key()).isEqualTo("k");
    assertThat(tombstone.writer()).isEqualTo("a");
    assertThat(tombstone.removedAt()).isAfter(before);
    assertThat(tombstone.awaiting())
        .singleElement()
        .satisfies(
            awaited -> {
              assertThat(awaited.name()).isEqualTo("b");
              assertThat(awaited.away()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
            });
    cluster.heal();
    await().until(() -> a.tombstones().isEmpty() && b.tombstones().isEmpty());
    assertThat(b.containsKey("k")).isFalse();
  }

  @Test
  void aRemovalWaitsForTheMemberThatHasNotConfirmedIt() {
    ReplicatedMaps first = cluster.started("a");
    MapSpec<String, String> keeping = SPEC.scanInterval(Duration.ofHours(1));
    ReplicatedMap<String, String> a = first.open(keeping);
    ReplicatedMap<String, String> b = cluster.started("b").open(keeping);
    await().until(() -> a.status().members().size() == 1 && a.status().isInSync());
    cluster.silence("b", "a");
    a.remove("k");
    await().until(() -> b.status().tombstones() == 1);
    assertThat(a.tombstones().get(0).awaiting())
        .singleElement()
        .satisfies(
            awaited -> {
              assertThat(awaited.name()).isEqualTo("b");
              assertThat(awaited.away()).isNull();
            });
    cluster.heal();
    await().until(() -> a.tombstones().get(0).awaiting().isEmpty());
  }

  @Test
  void aMapWithoutRemovalsHasNone() {
    ReplicatedMap<String, String> a = cluster.started("a").open(SPEC);
    a.put("k", "v");
    assertThat(a.tombstones()).isEqualTo(List.of());
  }
}
