package io.p2pmap.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

/** Three processes, and others that come and go. */
class SampleClusterIT {

  private static final String CLUSTER = "sample-" + UUID.randomUUID();
  private static final int BIND_PORT = FreePorts.inARow(11);

  /** A write takes milliseconds; this is for machines that are busy with something else. */
  private static final Duration REPLICATION_LIMIT = Duration.ofSeconds(10);

  /** A killed process is noticed by its connections, and has one more second to answer. */
  private static final Duration SUSPICION_LIMIT = Duration.ofSeconds(10);

  private static final Duration MERGE_LIMIT = Duration.ofSeconds(60);

  private static final List<NodeProcess> STARTED = new ArrayList<>();
  private static List<Http> nodes;

  @BeforeAll
  static void startThreeNodes() throws IOException {
    for (String name : List.of("node-1", "node-2", "node-3")) {
      start(name);
    }
    nodes = STARTED.stream().map(node -> node.awaitReady().http()).toList();
    // Nodes that start together may begin as several clusters.
    awaitOnAll(MERGE_LIMIT, node -> present(node).equals(List.of("node-1", "node-2", "node-3")));
  }

  @AfterAll
  static void stopAll() {
    STARTED.forEach(NodeProcess::close);
  }

  @Test
  void flagThatWasPutOnOneNodeIsOnTheOthers() {
    FeatureFlag flag = new FeatureFlag(true, 25, "for the brave");

    nodes.get(0).put("/flags/dark-mode", flag).expectStatus().isNoContent();

    awaitOnAll(node -> node.status("/flags/dark-mode") == 200);
    assertThat(nodes)
        .allSatisfy(
            node -> assertThat(node.read(FeatureFlag.class, "/flags/dark-mode")).isEqualTo(flag));
  }

  @Test
  void flagThatWasRefusedOnOneNodeIsOnNone() {
    nodes
        .get(0)
        .put("/flags/refused", new FeatureFlag(true, 101, ""))
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo("Flag 'refused': rolloutPercent must be 0 to 100, but was 101");

    nodes.get(0).put("/flags/accepted-later", new FeatureFlag(true, 100, ""));
    awaitOnAll(node -> node.status("/flags/accepted-later") == 200);
    assertThat(nodes).allSatisfy(node -> assertThat(node.status("/flags/refused")).isEqualTo(404));
  }

  @Test
  void flagThatWasRemovedOnOneNodeIsGoneOnTheOthers() {
    nodes.get(0).put("/flags/removed", new FeatureFlag(true, 1, ""));
    awaitOnAll(node -> node.status("/flags/removed") == 200);

    nodes.get(1).delete("/flags/removed").expectStatus().isNoContent();

    awaitOnAll(node -> node.status("/flags/removed") == 404);
  }

  @Test
  void flagIsGoneEverywhereAfterItsTimeToLive() {
    nodes.get(0).put("/flags/brief?ttl=PT4S", new FeatureFlag(true, 1, ""));
    awaitOnAll(node -> node.status("/flags/brief") == 200);

    awaitOnAll(node -> node.status("/flags/brief") == 404);
  }

  @Test
  void catalogueThatOneNodeLoadedIsOnAllAndEqual() {
    int loaded = loadCatalogue(nodes.get(1));

    assertThat(loaded).isGreaterThan(1000);
    awaitOnAll(node -> node.read(Integer.class, "/catalogue/size") == loaded);
    await()
        .atMost(REPLICATION_LIMIT)
        .until(() -> nodes.stream().map(SampleClusterIT::catalogueHash).distinct().count() == 1);
  }

  @Test
  void nodeThatStartsLateHasTheWholeCatalogueWhenItIsReady() throws IOException {
    int loaded = loadCatalogue(nodes.get(0));

    try (NodeProcess late = start("late").awaitReady()) {
      assertThat(late.http().read(Integer.class, "/catalogue/size")).isEqualTo(loaded);
    }
  }

  @Test
  void changeOnOneNodeIsAServerSentEventOfAnother() {
    try (ChangeReader changes = ChangeReader.open(nodes.get(2))) {
      await().until(() -> !changes.lines().isEmpty());

      nodes.get(0).put("/flags/watched", new FeatureFlag(false, 7, "look"));

      await()
          .atMost(REPLICATION_LIMIT)
          .until(
              () ->
                  changes.lines().stream()
                      .filter(line -> line.contains("\"key\":\"watched\",\"op\":\"PUT\""))
                      .anyMatch(
                          line -> line.contains("\"writer\":\"node-1\",\"origin\":\"REMOTE\"")));
    }
  }

  @Test
  void killedNodeLeavesPresenceAndIsBackAfterARestart() throws Exception {
    NodeProcess victim = start("victim").awaitReady();
    awaitOnAll(node -> present(node).contains("victim"));

    victim.kill();
    awaitOnAll(SUSPICION_LIMIT, node -> !present(node).contains("victim"));

    try (NodeProcess restarted = start("victim").awaitReady()) {
      awaitOnAll(node -> present(node).contains("victim"));
      assertThat(present(restarted.http())).contains("node-1", "node-2", "node-3");
    }
  }

  @Test
  void stoppedNodeLeavesPresenceAtOnceAlsoWithAnOpenStream() throws Exception {
    NodeProcess leaving = start("leaving").awaitReady();
    awaitOnAll(node -> present(node).contains("leaving"));
    try (ChangeReader changes = ChangeReader.open(leaving.http())) {
      await().until(() -> !changes.lines().isEmpty());

      leaving.stop();

      awaitOnAll(Duration.ofSeconds(2), node -> !present(node).contains("leaving"));
      await().until(changes::isEnded);
      assertThat(leaving.hasEndedWithin(Duration.ofSeconds(10))).isTrue();
      assertThat(leaving.log()).contains("Graceful shutdown complete");
    }
  }

  private static NodeProcess start(String name) throws IOException {
    NodeProcess node = NodeProcess.start(CLUSTER, BIND_PORT, name);
    STARTED.add(node);
    return node;
  }

  private static int loadCatalogue(Http node) {
    return node.post("/catalogue/load").expectBody(Integer.class).returnResult().getResponseBody();
  }

  /** Names of the nodes that this node believes to be there; of the others of these tests, too. */
  private static List<String> present(Http node) {
    return Arrays.stream(node.read(PresentNode[].class, "/presence"))
        .map(PresentNode::name)
        .toList();
  }

  private static String catalogueHash(Http node) {
    return node.read(Status.class, "/actuator/p2pmap").maps().catalogue().fingerprint();
  }

  private record Status(Maps maps) {}

  private record Maps(Catalogue catalogue) {}

  private record Catalogue(String fingerprint) {}

  private static void awaitOnAll(Claim claim) {
    awaitOnAll(REPLICATION_LIMIT, claim);
  }

  private static void awaitOnAll(Duration limit, Claim claim) {
    Callable<Boolean> holds = () -> nodes.stream().allMatch(claim::holds);
    await().atMost(limit).pollInterval(Duration.ofMillis(20)).until(holds);
  }

  @FunctionalInterface
  private interface Claim {
    boolean holds(Http node);
  }
}
