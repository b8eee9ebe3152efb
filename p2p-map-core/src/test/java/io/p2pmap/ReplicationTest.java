package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes on the in-memory transport: what reaches the others. */
class ReplicationTest {

  record OldFlag(boolean enabled) {}

  record NewFlag(boolean enabled, int percent) {}

  private static final MapSpec<String, String> TEXTS =
      MapSpec.of("texts", String.class, String.class);

  private final MemoryCluster cluster = new MemoryCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void writesAndRemovalsReachTheOtherNodes() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    ReplicatedMap<String, String> b = cluster.started("b").open(TEXTS);
    a.put("k", "v");
    await().untilAsserted(() -> assertThat(b.get("k")).isEqualTo("v"));
    assertThat(b.entry("k").orElseThrow().writer()).isEqualTo("a");
    b.remove("k");
    await().untilAsserted(() -> assertThat(a.get("k")).isNull());
  }

  @Test
  void whatWasWrittenBeforeStartReachesTheOthers() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    ReplicatedMaps late = cluster.node("b");
    ReplicatedMap<String, String> b = late.open(TEXTS);
    b.put("k", "early");
    late.start();
    await().untilAsserted(() -> assertThat(a.get("k")).isEqualTo("early"));
  }

  @Test
  void aNodeThatStartsLateHoldsEverythingWhenStartReturns() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    for (int i = 0; i < 5_000; i++) {
      a.put("k" + i, "v" + i);
    }
    ReplicatedMaps late = cluster.node("b");
    ReplicatedMap<String, String> b = late.open(TEXTS);
    late.start();
    assertThat(b.asMap()).isEqualTo(a.asMap());
    assertThat(b.status().state()).isEqualTo(MapStatus.State.READY);
  }

  @Test
  void aPartitionHealsAndTheDeleteStays() throws Exception {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    ReplicatedMap<String, String> b = cluster.started("b").open(TEXTS);
    a.put("deleted", "v");
    assertThat(a.awaitInSync(Duration.ofSeconds(5))).isTrue();
    cluster.cut("a", "b");
    a.remove("deleted");
    a.put("left", "a");
    b.put("right", "b");
    cluster.heal();
    await().untilAsserted(() -> assertThat(b.asMap().keySet()).containsOnly("left", "right"));
    assertThat(a.awaitInSync(Duration.ofSeconds(5))).isTrue();
    assertThat(a.asMap()).isEqualTo(b.asMap());
    assertThat(a.status().fingerprint()).isEqualTo(b.status().fingerprint());
    assertThat(a.status().isInSync()).isTrue();
  }

  @Test
  void tombstonesLeaveWhenEveryNodeKnowsThem() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    ReplicatedMap<String, String> b =
        cluster.started("b").open(TEXTS.scanInterval(Duration.ofMillis(100)));
    a.put("k", "v");
    a.remove("k");
    await()
        .untilAsserted(
            () -> {
              assertThat(a.status().tombstones()).isZero();
              assertThat(b.status().tombstones()).isZero();
            });
  }

  @Test
  void replicationIsConfirmedOnlyWhenTheOthersHaveIt() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    ReplicatedMap<String, String> b = cluster.started("b").open(TEXTS);
    await().until(() -> a.status().members().size() == 1 && a.status().isInSync());
    for (int i = 0; i < 200; i++) {
      String value = "v" + i;
      a.put("k", value);
      assertThat(a.whenReplicated(Reach.ALL)).succeedsWithin(Duration.ofSeconds(5));
      assertThat(b.get("k")).isEqualTo(value);
    }
  }

  @Test
  void aWaitForReplicationEndsWithTheMap() {
    ReplicatedMaps node = cluster.started("a");
    ReplicatedMap<String, String> a = node.open(TEXTS);
    cluster.started("b").open(TEXTS);
    await().until(() -> a.status().isInSync() && !a.status().members().isEmpty());
    a.put("k", "v");
    cluster.cut("a", "b");
    CompletableFuture<Void> alone = a.whenReplicated(Reach.ALL);
    assertThat(alone).succeedsWithin(Duration.ofSeconds(5)); // nobody else hosts it now
    node.close("texts");
    assertThat(alone).isDone();
  }

  @Test
  void aNodeThatDoesNotHostTheMapIsNotWaitedFor() throws Exception {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    cluster.started("b");
    a.put("k", "v");
    assertThat(a.whenReplicated(Reach.ALL)).succeedsWithin(Duration.ofSeconds(5));
    assertThat(a.awaitInSync(Duration.ofSeconds(5))).isTrue();
    assertThat(a.status().members()).isEmpty();
  }

  @Test
  void aRefusedValueIsHiddenHereAndPassedOn() {
    MapSpec<String, String> strict = TEXTS.validator(text -> text.length() < 5);
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    ReplicatedMap<String, String> b = cluster.started("b").open(strict);
    a.put("short", "ok");
    a.put("long", "refused");
    await().untilAsserted(() -> assertThat(b.get("short")).isEqualTo("ok"));
    await().untilAsserted(() -> assertThat(b.asMap()).containsOnlyKeys("short"));
    assertThat(b.get("long")).isNull();
    assertThat(b.status().hiddenEntries()).isEqualTo(1);
    assertThat(b.size()).isEqualTo(1);
    assertThat(b.status().fingerprint()).isEqualTo(a.status().fingerprint());
    ReplicatedMaps late = cluster.node("c");
    ReplicatedMap<String, String> c = late.open(TEXTS);
    cluster.cut("a", "c");
    late.start();
    assertThat(c.get("long")).isEqualTo("refused");
  }

  @Test
  void nodesWithOldAndNewVersionsOfATypeUnderstandEachOther() {
    ReplicatedMap<String, NewFlag> a =
        cluster.started("a").open(MapSpec.of("flags", String.class, NewFlag.class));
    ReplicatedMap<String, OldFlag> b =
        cluster.started("b").open(MapSpec.of("flags", String.class, OldFlag.class));
    a.put("new", new NewFlag(true, 70));
    b.put("old", new OldFlag(true));
    await().untilAsserted(() -> assertThat(b.get("new")).isEqualTo(new OldFlag(true)));
    await().untilAsserted(() -> assertThat(a.get("old")).isEqualTo(new NewFlag(true, 0)));
    ReplicatedMaps late = cluster.node("c");
    ReplicatedMap<String, NewFlag> c = late.open(MapSpec.of("flags", String.class, NewFlag.class));
    cluster.cut("a", "c");
    late.start();
    assertThat(c.get("new")).isEqualTo(new NewFlag(true, 70)); // through the old version
  }

  @Test
  void aMapOfAnotherKeyTypeHidesTheKeysThatItCannotRead() {
    ReplicatedMap<String, String> a = cluster.started("a").open(TEXTS);
    ReplicatedMap<Integer, String> b =
        cluster.started("b").open(MapSpec.of("texts", Integer.class, String.class));
    a.put("not a number", "x");
    b.put(7, "seven");
    await().untilAsserted(() -> assertThat(b.status().isInSync()).isTrue());
    assertThat(b.asMap()).containsOnlyKeys(List.of(7));
    assertThat(b.status().fingerprint()).isEqualTo(a.status().fingerprint());
  }

  @Test
  void presenceEndsWithTheNode() {
    MapSpec<String, String> presence =
        MapSpec.of("presence", String.class, String.class).pruneOnPeerDown(true);
    ReplicatedMap<String, String> a = cluster.started("a").open(presence);
    ReplicatedMaps second = cluster.started("b");
    ReplicatedMap<String, String> b = second.open(presence);
    a.put("a", "here");
    b.put("b", "here");
    await().untilAsserted(() -> assertThat(a.asMap()).containsOnlyKeys("a", "b"));
    await().untilAsserted(() -> assertThat(b.asMap()).containsOnlyKeys("a", "b"));
    assertThat(b.remove("a")).isFalse();
    second.close();
    await().untilAsserted(() -> assertThat(a.asMap()).containsOnlyKeys("a"));
  }
}
