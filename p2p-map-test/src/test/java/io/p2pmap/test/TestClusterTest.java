package io.p2pmap.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapSpec;
import io.p2pmap.Reach;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestClusterTest {

  private static final MapSpec<String, String> TEXTS =
      MapSpec.of("texts", String.class, String.class);

  private static final Duration SHORT = Duration.ofMillis(300);

  private final TestCluster cluster = TestCluster.create();

  @AfterEach
  void close() {
    cluster.close();
  }

  private ReplicatedMap<String, String> texts(String node) {
    return cluster.node(node).open(TEXTS);
  }

  @Test
  void nodesAgreeAfterACutWasHealed() {
    ReplicatedMap<String, String> a = cluster.start("a").open(TEXTS);
    ReplicatedMap<String, String> b = cluster.start("b").open(TEXTS);
    cluster.cut("a", "b");
    await().until(() -> cluster.node("a").members().size() == 1);
    a.put("left", "a");
    b.put("right", "b");
    assertThat(a.get("right")).isNull();

    cluster.heal("a", "b");
    cluster.awaitAgreement("texts");

    assertThat(a.asMap()).isEqualTo(b.asMap()).containsOnlyKeys("left", "right");
    await().until(() -> a.status().isInSync()); // a report from before may have come in between
  }

  @Test
  void aFailureSaysWhichEntriesDifferAndWhere() {
    ReplicatedMap<String, String> a = cluster.start("a").open(TEXTS);
    ReplicatedMap<String, String> b = cluster.start("b").open(TEXTS);
    a.put("equal", "v");
    cluster.awaitAgreement("texts");
    cluster.cut("a", "b");
    await().until(() -> cluster.node("a").members().size() == 1);
    a.put("k", "left");
    b.put("k", "right");
    b.remove("equal");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> cluster.awaitAgreement("texts", SHORT))
        .withMessageStartingWith("Map 'texts' differs after PT0.3S: \n  key 'equal': a has 'v' (by")
        .withMessageContaining("b has nothing")
        .withMessageContaining("key 'k': a has 'left' (by a at ")
        .withMessageContaining("b has 'right' (by b at ")
        .withMessageContaining("a: READY, 2 entries, fingerprint ")
        .withMessageContaining("sees nobody with this map");
  }

  @Test
  void aOneWayCutHidesOneSideAndNobodyIsTold() {
    ReplicatedMap<String, String> a = cluster.start("a").open(TEXTS);
    ReplicatedMap<String, String> b = cluster.start("b").open(TEXTS);
    cluster.awaitAgreement("texts");
    cluster.cutOneWay("a", "b");
    a.put("k", "v");
    b.put("other", "v");
    await().until(() -> a.containsKey("other"));
    assertThat(b.get("k")).isNull();
    assertThat(cluster.node("b").members()).hasSize(2);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> cluster.awaitAgreement("texts", SHORT))
        .withMessageContaining("key 'k': a has 'v'");

    cluster.heal();
    cluster.awaitAgreement("texts");
    assertThat(b.get("k")).isEqualTo("v");
  }

  @Test
  void aHeldLinkDeliversLater() {
    ReplicatedMap<String, String> a = cluster.start("a").open(TEXTS);
    cluster.start("b", TEXTS);
    cluster.start("c", TEXTS);
    cluster.awaitAgreement("texts");
    cluster.hold("a", "b");
    a.put("k", "v");
    await().until(() -> texts("c").containsKey("k"));
    cluster.hold("c", "b");
    cluster.heal();
    cluster.awaitAgreement("texts");
    assertThat(texts("b").get("k")).isEqualTo("v");
  }

  @Test
  void aNodeThatStartsBehindACutGetsEverythingFromTheOthers() {
    ReplicatedMap<String, String> a = cluster.start("a").open(TEXTS);
    cluster.start("b", TEXTS);
    a.put("k", "v");
    cluster.awaitAgreement("texts");
    cluster.cut("a", "c");
    assertThat(cluster.start("c", TEXTS).members()).hasSize(2);
    assertThat(texts("c").get("k")).isEqualTo("v");
  }

  @Test
  void anIsolatedNodeIsAlone() {
    cluster.start("a");
    cluster.start("b");
    cluster.start("c");
    cluster.isolate("b");
    await().until(() -> cluster.node("b").members().size() == 1);
    await().until(() -> cluster.node("a").members().size() == 2);
  }

  @Test
  void aStoppedNodeLeavesItsWritesAndACrashedOneTakesThemAlong() {
    ReplicatedMap<String, String> a = cluster.start("a").open(TEXTS);
    cluster.start("b", TEXTS);
    cluster.start("c", TEXTS);
    cluster.awaitAgreement("texts");
    texts("b").put("b", "kept");
    cluster.stop("b");
    cluster.cutOneWay("c", "a");
    texts("c").put("c", "lost");
    cluster.crash("c");

    await().until(() -> cluster.node("a").members().size() == 1);
    cluster.awaitAgreement("texts");
    assertThat(a.asMap()).containsOnlyKeys("b");
    assertThat(a.whenReplicated(Reach.ALL)).succeedsWithin(Duration.ofSeconds(10));
    cluster.start("b", TEXTS);
    assertThat(texts("b").asMap()).containsOnlyKeys("b");
  }

  @Test
  void aPersistedMapIsThereAgainUntilTheClusterIsClosed() {
    cluster.start("a", TEXTS.persist(true)).open(TEXTS.persist(true)).put("k", "v");
    cluster.stop("a");
    assertThat(cluster.start("a").open(TEXTS.persist(true)).get("k")).isEqualTo("v");
    assertThat(cluster.storageDirectory()).isDirectory();
    cluster.close();
    assertThat(cluster.storageDirectory()).doesNotExist();
  }

  @Test
  void clustersDoNotSeeEachOther() {
    try (TestCluster other = TestCluster.create()) {
      ReplicatedMaps here = cluster.start("a");
      ReplicatedMaps there = other.start("a");
      assertThat(here.members()).hasSize(1);
      assertThat(there.members()).hasSize(1);
    }
  }

  @Test
  void aNodeThatSomebodyElseStartedIsPartOfIt() {
    ReplicatedMap<String, String> a = cluster.start("a").open(TEXTS);
    ReplicatedMaps.Builder settings = ReplicatedMaps.builder().inMemory(true).nodeName("guest");
    try (ReplicatedMaps guest = settings.clusterName(cluster.clusterName()).build()) {
      cluster.include(guest);
      guest.open(TEXTS).put("k", "v");
      guest.start();
      cluster.awaitAgreement("texts");
      assertThat(a.get("k")).isEqualTo("v");
      cluster.cut("a", "guest");
      await().until(() -> guest.members().size() == 1);
    }
  }

  @Test
  void noPortIsOpenedAndEveryThreadEnds() {
    cluster.start("threads-of-a", TEXTS);
    assertThat(threadsOf("threads-of-a"))
        .containsExactlyInAnyOrder(
            "p2pmap-apply-threads-of-a", "p2pmap-send-threads-of-a", "p2pmap-memory-threads-of-a");
    assertThat(cluster.node("threads-of-a").members().get(0).address()).isEqualTo("memory");
    cluster.close();
    await().untilAsserted(() -> assertThat(threadsOf("threads-of-a")).isEmpty());
  }

  private static List<String> threadsOf(String node) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.endsWith(node))
        .toList();
  }

  @Test
  void mistakesAreNamed() {
    cluster.start("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cluster.start("a"))
        .withMessage("There is a node 'a' already");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cluster.stop("b"))
        .withMessage("No node 'b' runs here, only [a]");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> cluster.awaitAgreement("texts"))
        .withMessage("No node of [a] has opened map 'texts'");
  }
}
