package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.p2pmap.internal.transport.Transport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentationTest {

  private static final MapSpec<String, String> SPEC =
      MapSpec.of("flags", String.class, String.class);

  private final MemoryCluster cluster = new MemoryCluster();
  private final RecordedInstrumentation a = new RecordedInstrumentation();
  private final RecordedInstrumentation b = new RecordedInstrumentation();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void theReaderIsToldOfALagAndTheWriterOfABatch() throws Exception {
    ReplicatedMap<String, String> written = started("a", a).open(SPEC);
    ReplicatedMap<String, String> read = started("b", b).open(SPEC);
    awaitReady(written, read);
    written.put("k", "v");
    await().until(() -> b.startingWith("arrived flags").count() == 1);
    assertThat(a.startingWith("sent flags 1 true")).isNotEmpty();
    assertThat(a.startingWith("arrived")).isEmpty();
    assertThat(b.lagsMillis.get(0)).isBetween(0L, 60_000L);
  }

  @Test
  void aRemovalArrivesToo() throws Exception {
    ReplicatedMap<String, String> written = started("a", a).open(SPEC);
    ReplicatedMap<String, String> read = started("b", b).open(SPEC);
    awaitReady(written, read);
    written.put("k", "v");
    await().until(() -> read.containsKey("k"));
    written.remove("k");
    await().until(() -> b.startingWith("arrived flags").count() == 2);
  }

  @Test
  void aWriterWhoseClockIsAheadHasNoNegativeLag() throws Exception {
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(30));
    ReplicatedMap<String, String> written =
        started(cluster.node("a", builder -> builder.clock(ahead))).open(SPEC);
    ReplicatedMap<String, String> read = started("b", b).open(SPEC);
    awaitReady(written, read);
    written.put("k", "v");
    await().until(() -> b.lagsMillis.size() == 1);
    assertThat(b.lagsMillis).containsExactly(0L);
  }

  @Test
  void aWriterWhoseClockIsBehindSeemsSlow() throws Exception {
    Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-30));
    ReplicatedMap<String, String> written =
        started(cluster.node("a", builder -> builder.clock(behind))).open(SPEC);
    ReplicatedMap<String, String> read = started("b", b).open(SPEC);
    awaitReady(written, read);
    written.put("k", "v");
    await().until(() -> b.lagsMillis.size() == 1);
    assertThat(b.lagsMillis.get(0)).isGreaterThanOrEqualTo(29_000);
  }

  @Test
  void whatANewNodeTakesOverIsATransferAndNoLag() {
    ReplicatedMap<String, String> written = started("a", a).open(SPEC);
    IntStream.range(0, 2_000).forEach(i -> written.put("k" + i, "v".repeat(100)));
    ReplicatedMaps late = node("b", b);
    ReplicatedMap<String, String> read = late.open(SPEC);
    late.start();
    await().until(() -> read.size() == 2_000);
    await()
        .until(() -> b.startingWith("transfer flags").filter(l -> l.endsWith("ended")).count() > 0);
    assertThat(b.told).contains("joining began", "joining ended");
    assertThat(b.lagsMillis).isEmpty();
  }

  @Test
  void aMapIsOpenedAndClosedWhenItIs() {
    ReplicatedMaps node = started("a", a);
    node.open(SPEC);
    node.open(SPEC);
    assertThat(a.startingWith("opened")).containsExactly("opened flags");
    node.close("flags");
    node.close("flags");
    assertThat(a.startingWith("closed")).containsExactly("closed flags");
    node.open(SPEC);
    node.close();
    node.close();
    assertThat(a.startingWith("closed")).containsExactly("closed flags", "closed flags");
  }

  @Test
  void theMembersAreToldWhenTheyChange() {
    started("a", a);
    ReplicatedMaps other = started("b", b);
    await().until(() -> a.told.contains("members [a, b]"));
    other.close();
    await()
        .until(
            () -> a.startingWith("members").reduce((x, last) -> last).get().equals("members [a]"));
  }

  @Test
  void aPersistedMapTellsOfRecoveryAndForces(@TempDir Path folder) {
    ReplicatedMaps node =
        cluster.node("a", builder -> builder.storageDirectory(folder).instrumentation(a));
    node.open(SPEC.persist(true)).put("k", "v");
    assertThat(a.told)
        .containsSubsequence("recovering flags began", "recovering flags ended", "opened flags");
    await().until(() -> a.startingWith("forced flags true").count() > 0);
  }

  @Test
  void aFailedRecoveryEndsAsOne(@TempDir Path folder) {
    ReplicatedMaps first = cluster.node("x", builder -> builder.storageDirectory(folder));
    first.open(SPEC.persist(true));
    ReplicatedMaps second =
        cluster.node(
            "x", builder -> builder.nodeName("x").storageDirectory(folder).instrumentation(a));
    assertThatExceptionOfType(MapStorageException.class)
        .isThrownBy(() -> second.open(SPEC.persist(true)));
    assertThat(a.startingWith("recovering flags failed")).hasSize(1);
  }

  @Test
  void whatFailsReachesNeitherTheNodeNorOthers() throws Exception {
    Instrumentation broken =
        new Instrumentation() {
          @Override
          public void writeArrived(String mapName, long lagMillis) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void mapOpened(ReplicatedMap<?, ?> map) {
            throw new AssertionError("broken");
          }
        };
    ReplicatedMap<String, String> written = started("a", a).open(SPEC);
    ReplicatedMap<String, String> read =
        started(cluster.node("b", builder -> builder.instrumentation(broken).instrumentation(b)))
            .open(SPEC);
    awaitReady(written, read);
    written.put("k", "v");
    await().until(() -> b.startingWith("arrived flags").count() == 1);
    assertThat(read.get("k")).isEqualTo("v");
  }

  @Test
  void nobodyIsToldUnderAMapsLock() throws Exception {
    ConcurrentLinkedQueue<Boolean> free = new ConcurrentLinkedQueue<>();
    ReplicatedMap<String, String> written = started("a", a).open(SPEC);
    ReplicatedMaps other =
        cluster.node("b", builder -> builder.instrumentation(new LockProbe(cluster, free)));
    ReplicatedMap<String, String> read = started(other).open(SPEC);
    awaitReady(written, read);
    written.put("k", "v");
    read.put("l", "w");
    await().until(() -> free.size() >= 3);
    assertThat(free).doesNotContain(false);
  }

  @Test
  void badFramesAreCountedWhereTheyBelong() {
    ReplicatedMaps node = started("a", a);
    ReplicatedMap<String, String> map = node.open(SPEC);
    Transport stranger = cluster.stranger();
    await().until(() -> node.members().size() == 2);
    stranger.multicast(new byte[] {1, 2, 3});
    stranger.multicast(new byte[] {'P', '2', 99, 1});
    stranger.multicast(new byte[] {'P', '2', 1, 1, 5, 'f', 'l', 'a', 'g', 's', 127, 127});
    await()
        .untilAsserted(
            () -> {
              assertThat(node.status().counters())
                  .containsEntry("frames-unreadable", 1L)
                  .containsEntry("frames-of-unknown-version", 1L);
              assertThat(map.status().counters()).containsEntry("malformed", 1L);
            });
  }

  @Test
  void aWriteThatNobodyWasToldOfIsBacklog() {
    CompletableFuture<Void> release = new CompletableFuture<>();
    CompletableFuture<Void> sending = new CompletableFuture<>();
    Instrumentation stuck =
        new Instrumentation() {
          @Override
          public void batchSent(String mapName, int entries, int lengthBytes) {
            sending.complete(null);
            release.join();
          }
        };
    started("b", b).open(SPEC);
    ReplicatedMap<String, String> map = started("a", stuck).open(SPEC);
    map.put("first", "v");
    sending.join(); // from here on nothing leaves
    map.subscribe(event -> release.join());
    map.subscribe(
        event -> {
          throw new IllegalStateException("broken");
        });
    IntStream.range(0, 10).forEach(i -> map.put("k" + i, "v"));
    await().until(() -> map.status().counters().get("listener-failures") == 10L);
    assertThat(map.status().backlog().listeners()).isEqualTo(2);
    await().until(() -> map.status().backlog().queuedChanges() == 9);
    assertThat(map.status().backlog().unsentWrites()).isEqualTo(10);
    assertThat(map.status().backlog().unsentBytes()).isPositive();
    release.complete(null);
    await().until(() -> map.status().backlog().queuedChanges() == 0);
  }

  @Test
  void putsAndRemovalsAreCountedApart() {
    ReplicatedMap<String, String> map = node("a", a).open(SPEC);
    map.put("k", "v");
    map.put("l", "v");
    map.remove("k");
    assertThat(map.status().counters()).containsEntry("puts", 2L).containsEntry("removes", 1L);
  }

  private ReplicatedMaps node(String name, Instrumentation instrumentation) {
    return cluster.node(name, builder -> builder.instrumentation(instrumentation));
  }

  private ReplicatedMaps started(String name, Instrumentation instrumentation) {
    return started(node(name, instrumentation));
  }

  private static ReplicatedMaps started(ReplicatedMaps node) {
    node.start();
    return node;
  }

  @SafeVarargs
  private static void awaitReady(ReplicatedMap<String, String>... maps) {
    for (ReplicatedMap<String, String> map : maps) {
      await()
          .until(
              () ->
                  map.status().state() == MapStatus.State.READY
                      && map.status().members().size() == maps.length - 1
                      && map.status().isInSync());
    }
  }

  /** Asks another thread for the status, which needs the lock, from within a call. */
  private record LockProbe(MemoryCluster cluster, ConcurrentLinkedQueue<Boolean> free)
      implements Instrumentation {

    @Override
    public void writeArrived(String mapName, long lagMillis) {
      probe(mapName);
    }

    @Override
    public void batchSent(String mapName, int entries, int lengthBytes) {
      probe(mapName);
    }

    @Override
    public void mapOpened(ReplicatedMap<?, ?> map) {
      probe(map.name());
    }

    private void probe(String mapName) {
      try {
        CompletableFuture.supplyAsync(() -> cluster.find("b").find(mapName).orElseThrow().status())
            .get(10, TimeUnit.SECONDS);
        free.add(true);
      } catch (Exception e) {
        free.add(false);
      }
    }
  }
}
