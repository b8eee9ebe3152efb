package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.p2pmap.internal.crdt.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes on the in-memory transport: waiting for writes that were made elsewhere. */
class WriteTokenTest {

  private static final MapSpec<String, String> TEXTS =
      MapSpec.of("texts", String.class, String.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final MemoryCluster cluster = new MemoryCluster();
  private final ReplicatedMaps nodeA = cluster.started("a");
  private final ReplicatedMaps nodeB = cluster.started("b");

  @AfterEach
  void close() {
    cluster.close();
  }

  private static CompletableFuture<Boolean> waiting(
      ReplicatedMap<String, String> map, WriteToken token, Duration timeout) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return map.awaitToken(token, timeout);
          } catch (InterruptedException e) {
            throw new CompletionException(e);
          }
        });
  }

  @Test
  void aWaitEndsWhenTheWriteIsReadableHere() throws Exception {
    ReplicatedMap<String, String> a = nodeA.open(TEXTS);
    ReplicatedMap<String, String> b = nodeB.open(TEXTS);
    cluster.hold("a", "b");
    a.put("k", "v");
    WriteToken token = a.token();
    assertThat(a.awaitToken(token, Duration.ZERO)).isTrue();
    assertThat(b.awaitToken(token, SHORT)).isFalse();
    CompletableFuture<Boolean> waiting = waiting(b, token, PATIENCE);
    assertThat(b.get("k")).isNull();
    assertThat(waiting).isNotDone();
    cluster.heal();
    assertThat(waiting.get()).isTrue();
    assertThat(b.get("k")).isEqualTo("v");
  }

  @Test
  void everyWriteOfALongSessionIsReadOnTheOtherNode() throws Exception {
    ReplicatedMap<String, String> a = nodeA.open(TEXTS);
    ReplicatedMap<String, String> b = nodeB.open(TEXTS);
    WriteToken session = WriteToken.none();
    for (int i = 0; i < 500; i++) {
      ReplicatedMap<String, String> writer = i % 2 == 0 ? a : b;
      ReplicatedMap<String, String> reader = i % 2 == 0 ? b : a;
      writer.put("k", "v" + i);
      session = WriteToken.parse(session.merge(writer.token()).toString());
      assertThat(reader.awaitToken(session, PATIENCE)).isTrue();
      assertThat(reader.get("k")).isEqualTo("v" + i);
    }
    assertThat(session.toString().length()).isLessThan(100); // two origins
  }

  @Test
  void aSessionThatWroteOnTwoNodesWaitsForBoth() throws Exception {
    ReplicatedMap<String, String> a = nodeA.open(TEXTS);
    ReplicatedMap<String, String> b = nodeB.open(TEXTS);
    ReplicatedMap<String, String> c = cluster.started("c").open(TEXTS);
    cluster.hold("b", "c");
    cluster.hold("a", "c");
    a.put("on a", "v");
    b.put("on b", "v");
    WriteToken both = a.token().merge(b.token());
    CompletableFuture<Boolean> waiting = waiting(c, both, PATIENCE);
    assertThat(both.since(a.token())).isEqualTo(b.token());
    assertThat(both.since(both).isEmpty()).isTrue();
    cluster.heal();
    assertThat(waiting.get()).isTrue();
    assertThat(c.asMap()).containsOnlyKeys("on a", "on b");
  }

  @Test
  void aRemovalIsAWrite() throws Exception {
    ReplicatedMap<String, String> a = nodeA.open(TEXTS);
    ReplicatedMap<String, String> b = nodeB.open(TEXTS);
    a.put("k", "v");
    assertThat(b.awaitToken(a.token(), PATIENCE)).isTrue();
    cluster.hold("a", "b");
    a.remove("k");
    CompletableFuture<Boolean> waiting = waiting(b, a.token(), PATIENCE);
    assertThat(b.get("k")).isEqualTo("v");
    cluster.heal();
    assertThat(waiting.get()).isTrue();
    assertThat(b.get("k")).isNull();
  }

  @Test
  void presenceMapsHaveTokensAsLongAsTheWriterIsThere() throws Exception {
    MapSpec<String, String> presence =
        MapSpec.of("presence", String.class, String.class).pruneOnPeerDown(true);
    ReplicatedMap<String, String> a = nodeA.open(presence);
    ReplicatedMap<String, String> b = nodeB.open(presence);
    a.put("a", "here");
    WriteToken token = a.token();
    assertThat(b.awaitToken(token, PATIENCE)).isTrue();
    assertThat(b.get("a")).isEqualTo("here");
    nodeA.close();
    await().until(() -> b.get("a") == null);
    assertThat(b.awaitToken(token, SHORT)).isFalse();
  }

  @Test
  void aNodesTokenCoversItsMapsAndWaitsForThoseOpenHere() throws Exception {
    MapSpec<String, String> others = MapSpec.of("others", String.class, String.class);
    ReplicatedMap<String, String> b = nodeB.open(TEXTS);
    WriteToken before = nodeA.token();
    assertThat(before.isEmpty()).isTrue();
    nodeA.open(others).put("k", "v");
    nodeA.open(TEXTS).put("k", "v");
    WriteToken token = nodeA.token();
    assertThat(nodeB.awaitToken(token, PATIENCE)).isTrue();
    assertThat(b.get("k")).isEqualTo("v");
    assertThat(token).isEqualTo(nodeA.open(others).token().merge(nodeA.open(TEXTS).token()));
    assertThat(b.awaitToken(nodeA.open(others).token(), Duration.ZERO)).isTrue(); // of another map
    cluster.hold("a", "b");
    nodeA.open(TEXTS).put("k", "later");
    assertThat(nodeB.awaitToken(nodeA.token(), SHORT)).isFalse();
  }

  @Test
  void aMadeUpTokenWaitsForTheTimeoutAndTouchesNothing() throws Exception {
    ReplicatedMaps quiet =
        cluster.node("quiet", builder -> builder.syncInterval(Duration.ofHours(1)));
    ReplicatedMap<String, String> map = quiet.open(TEXTS);
    quiet.start();
    map.put("k", "v");
    await().until(() -> map.status().counters().get("batches-sent") > 0);
    WriteToken madeUp = WriteToken.of(Map.of("texts", new Stamp(Long.MAX_VALUE, new UUID(1, 2))));
    long fingerprint = map.status().fingerprint();
    long digests = map.status().counters().get("digests-sent");
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      assertThat(map.awaitToken(madeUp, SHORT)).isFalse();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }
    assertThat(map.status().counters()).containsEntry("digests-sent", digests);
    assertThat(map.status().fingerprint()).isEqualTo(fingerprint);
    map.put("k", "later");
    assertThat(map.entry("k").orElseThrow().writtenAt())
        .isBefore(Instant.now().plusSeconds(60)); // its clock was not moved
  }

  @Test
  void aWaitEndsWithTheMap() {
    ReplicatedMap<String, String> b = nodeB.open(TEXTS);
    WriteToken madeUp = WriteToken.of(Map.of("texts", new Stamp(1, new UUID(1, 2))));
    CompletableFuture<Boolean> waiting = waiting(b, madeUp, PATIENCE);
    nodeB.close("texts");
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(waiting::get)
        .withRootCauseInstanceOf(MapClosedException.class);
  }
}
