package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is gone without a goodbye, as a node can tell it. */
class MissingMembersTest {

  private final MemoryCluster cluster = new MemoryCluster();
  private final ReplicatedMaps a = cluster.started("a");

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void whoIsCutOffIsMissingUntilItIsBack() {
    cluster.started("b");
    awaitMembers(2);
    assertThat(missing()).isEmpty();
    Instant before = Instant.now().minusSeconds(1);
    cluster.cut("a", "b");
    await().until(() -> missing().equals(List.of("b")));
    assertThat(a.status().missing().get(0).since()).isBetween(before, Instant.now().plusSeconds(1));
    cluster.heal();
    await().until(() -> missing().isEmpty());
  }

  @Test
  void whoHasCrashedIsMissingUntilANodeOfItsNameIsThere() {
    cluster.started("b");
    awaitMembers(2);
    cluster.crash("b");
    await().until(() -> missing().equals(List.of("b")));
    cluster.started("c");
    awaitMembers(2);
    assertThat(missing()).containsExactly("b");
    cluster.started("b");
    await().until(() -> missing().isEmpty());
  }

  @Test
  void whoHasLeftAsItShouldIsNotMissing() {
    ReplicatedMaps b = cluster.started("b");
    b.open(MapSpec.of("m", String.class, String.class)).put("k", "v");
    awaitMembers(2);
    b.close();
    awaitMembers(1);
    assertThat(missing()).isEmpty();
  }

  @Test
  void aNodeThatEndsItselfMissesNobody() {
    cluster.started("b");
    awaitMembers(2);
    a.close();
    assertThat(a.status().missing()).isEmpty();
    assertThat(a.status().isRunning()).isFalse();
  }

  private void awaitMembers(int count) {
    await().until(() -> a.members().size() == count);
  }

  private List<String> missing() {
    return a.status().missing().stream().map(MissingMember::name).toList();
  }
}
