package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapEvent.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps on a real disk: what is there after a restart. */
class DurableMapTest {

  private static final MapSpec<String, String> TEXTS =
      MapSpec.of("texts", String.class, String.class).persist(true);

  @TempDir private Path directory;

  private final MemoryCluster cluster = new MemoryCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  private ReplicatedMaps node(String name) {
    return cluster.node(name, builder -> builder.storageDirectory(directory));
  }

  private ReplicatedMaps started(String name) {
    ReplicatedMaps node = node(name);
    node.start();
    return node;
  }

  @Test
  void everythingIsThereAfterARestartOfAllNodes() {
    ReplicatedMaps before = started("a");
    ReplicatedMap<String, String> texts = before.open(TEXTS);
    texts.putAll(Map.of("kept", "1", "removed", "2"));
    texts.remove("removed");
    texts.update("counted", n -> "3");
    long fingerprint = texts.status().fingerprint();
    before.close();

    ReplicatedMap<String, String> after = node("a").open(TEXTS);
    assertThat(after.asMap()).isEqualTo(Map.of("kept", "1", "counted", "3"));
    assertThat(after.size()).isEqualTo(2);
    assertThat(after.status().fingerprint()).isEqualTo(fingerprint);
    assertThat(after.entry("kept").orElseThrow().writer()).isEqualTo("a");
  }

  @Test
  void whatOtherNodesWroteIsThereToo() throws Exception {
    ReplicatedMap<String, String> a = started("a").open(TEXTS);
    ReplicatedMaps second = started("b");
    ReplicatedMap<String, String> b = second.open(TEXTS);
    a.put("k", "v");
    assertThat(a.awaitInSync(Duration.ofSeconds(5))).isTrue();
    assertThat(b.get("k")).isEqualTo("v");
    second.close();
    assertThat(node("b").open(TEXTS).get("k")).isEqualTo("v");
  }

  @Test
  void aKeyThatWasRemovedWhileANodeWasDownStaysRemoved() throws Exception {
    ReplicatedMap<String, String> a = started("a").open(TEXTS);
    ReplicatedMaps second = started("b");
    ReplicatedMap<String, String> b = second.open(TEXTS);
    a.putAll(Map.of("removed", "v", "kept", "v"));
    assertThat(a.awaitInSync(Duration.ofSeconds(5))).isTrue();
    assertThat(b.asMap()).hasSize(2);
    second.close();
    a.remove("removed");

    ReplicatedMaps again = node("b");
    ReplicatedMap<String, String> back = again.open(TEXTS);
    assertThat(back.asMap()).hasSize(2);
    again.start();
    assertThat(back.asMap()).containsOnlyKeys("kept");
    assertThat(a.asMap()).containsOnlyKeys("kept");
  }

  @Test
  void theStatusTellsOfTheFiles() {
    ReplicatedMaps before = started("a");
    ReplicatedMap<String, String> texts = before.open(TEXTS);
    texts.put("k", "v");
    StorageStatus storage = storage(texts);
    assertThat(storage.location()).isEqualTo(directory.resolve("a").resolve("texts").toString());
    assertThat(storage.state()).isEqualTo(StorageStatus.State.HEALTHY);
    assertThat(storage.logBytes()).isPositive();
    assertThat(storage.writtenBytes()).isPositive();
    assertThat(storage.forces().count()).isPositive();
    assertThat(storage.forces().last()).isNotNull();
    assertThat(storage.recovery().records()).isZero();
    before.close();
    assertThat(storage(texts).state()).isEqualTo(StorageStatus.State.CLOSED);

    StorageStatus recovered = storage(node("a").open(TEXTS));
    assertThat(recovered.recovery().records()).isPositive();
    assertThat(recovered.recovery().tornTail()).isNull();
    assertThat(recovered.recovery().damages()).isEmpty();
  }

  @Test
  void aMapThatNobodyWritesToWritesNothing() throws Exception {
    ReplicatedMap<String, String> other = started("b").open(TEXTS);
    ReplicatedMaps before = started("a");
    ReplicatedMap<String, String> first = before.open(TEXTS);
    first.put("k", "v");
    awaitAgreement(first, other);
    before.close();
    List<Path> files = files();
    long written = storage(other).writtenBytes();
    for (int restart = 0; restart < 3; restart++) {
      ReplicatedMaps again = started("a");
      ReplicatedMap<String, String> texts = again.open(TEXTS);
      awaitAgreement(texts, other);
      again.close();
      assertThat(storage(texts).writtenBytes()).isZero();
    }
    assertThat(storage(other).writtenBytes()).isEqualTo(written);
    assertThat(files()).isEqualTo(files);
  }

  private static void awaitAgreement(ReplicatedMap<?, ?> one, ReplicatedMap<?, ?> other)
      throws InterruptedException {
    assertThat(one.awaitInSync(Duration.ofSeconds(5))).isTrue();
    assertThat(other.awaitInSync(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void aMapInMemoryHasNoStorage() {
    assertThat(node("a").open(TEXTS.persist(false)).status().storage()).isNull();
  }

  private static StorageStatus storage(ReplicatedMap<?, ?> map) {
    StorageStatus storage = map.status().storage();
    assertThat(storage).isNotNull();
    return storage;
  }

  @Test
  void recoveredEntriesAreReplayedAsRecovered() {
    ReplicatedMaps before = started("a");
    before.open(TEXTS).put("k", "v");
    before.close();
    ReplicatedMap<String, String> after = node("a").open(TEXTS);
    List<MapEvent<String, String>> events = Collections.synchronizedList(new ArrayList<>());
    after.subscribe(events::add, Replay.CURRENT_ENTRIES);
    after.put("new", "v");
    await().untilAsserted(() -> assertThat(events).hasSize(2));
    assertThat(events.get(0).origin()).isEqualTo(Origin.RECOVERED);
    assertThat(events.get(1).origin()).isEqualTo(Origin.LOCAL);
  }

  @Test
  void closeKeepsTheFilesAndDeleteRemovesThem() throws IOException {
    ReplicatedMaps node = started("a");
    node.open(TEXTS).put("k", "v");
    node.close("texts");
    assertThat(node.open(TEXTS).get("k")).isEqualTo("v");
    node.delete("texts");
    assertThat(files()).isEmpty();
    assertThat(node.open(TEXTS).isEmpty()).isTrue();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void twoNodesCannotUseOneDirectory() {
    started("a").open(TEXTS);
    ReplicatedMaps other = node("a");
    assertThatThrownBy(() -> other.open(TEXTS))
        .isInstanceOf(MapStorageException.class)
        .hasMessageContaining(directory.toString());
    assertThat(other.names()).isEmpty();
  }

  @Test
  void damageIsReportedAndHealedByTheOtherNodes() throws Exception {
    ReplicatedMap<String, String> a = started("a").open(TEXTS);
    ReplicatedMaps second = started("b");
    ReplicatedMap<String, String> b = second.open(TEXTS);
    for (int i = 0; i < 200; i++) {
      a.put("k" + i, "v" + i);
    }
    assertThat(b.awaitInSync(Duration.ofSeconds(5))).isTrue();
    second.close();
    Path log = largest(directory.resolve("b"));
    byte[] bytes = Files.readAllBytes(log);
    bytes[2_000] = (byte) (bytes[2_000] ^ 1);
    Files.write(log, bytes);

    ReplicatedMaps again = node("b");
    ReplicatedMap<String, String> back = again.open(TEXTS);
    assertThat(back.size()).isLessThan(200);
    assertThat(storage(back).recovery().damages())
        .singleElement()
        .asString()
        .startsWith(log.getFileName().toString())
        .contains(".damaged-");
    again.start();
    assertThat(back.asMap()).isEqualTo(a.asMap());
    assertThat(back.awaitInSync(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void damageStopsTheStartIfThatIsWanted() throws IOException {
    ReplicatedMaps before = started("a");
    ReplicatedMap<String, String> texts = before.open(TEXTS);
    for (int i = 0; i < 200; i++) {
      texts.put("k" + i, "v" + i);
    }
    before.close();
    Path log = largest(directory.resolve("a"));
    byte[] bytes = Files.readAllBytes(log);
    bytes[2_000] = (byte) (bytes[2_000] ^ 1);
    Files.write(log, bytes);
    ReplicatedMaps strict =
        cluster.node("a", builder -> builder.storageDirectory(directory).failOnCorruption(true));
    assertThatThrownBy(() -> strict.open(TEXTS)).isInstanceOf(MapStorageException.class);
    assertThat(Files.readAllBytes(log)).isEqualTo(bytes);
  }

  private static Path largest(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.getFileName().toString().contains("log"))
          .max((one, other) -> Long.compare(size(one), size(other)))
          .orElseThrow();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPresenceMapIsNotPersisted() {
    ReplicatedMaps node = node("a");
    assertThatThrownBy(() -> node.open(TEXTS.pruneOnPeerDown(true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("texts");
  }
}
