package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.p2pmap.StorageStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A map whose directory is gone for a while, as a disk may be: what it still does, and after it.
 */
class DegradedMapTest {

  private static final MapSpec<String, String> TEXTS =
      MapSpec.of("texts", String.class, String.class).persist(true);

  @TempDir private Path directory;

  private final MemoryCluster cluster = new MemoryCluster();
  private Path files;
  private Path elsewhere;
  private ReplicatedMaps node;
  private ReplicatedMap<String, String> texts;

  @BeforeEach
  void openAMapThatHasWrittenNothing() {
    files = directory.resolve("a").resolve("texts");
    elsewhere = directory.resolve("elsewhere");
    ReplicatedMaps before = started();
    before.open(TEXTS).put("k", "v");
    before.close();
    node = started(); // its log is made at its first write
    texts = node.open(TEXTS);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private ReplicatedMaps started() {
    ReplicatedMaps started = cluster.node("a", builder -> builder.storageDirectory(directory));
    started.start();
    return started;
  }

  @Test
  void readsGoOnAndWritesSayWhatIsWrongUntilTheDirectoryIsBack() throws IOException {
    Files.move(files, elsewhere);
    assertThatThrownBy(() -> texts.put("lost", "v")).isInstanceOf(MapStorageException.class);
    assertThat(texts.get("k")).isEqualTo("v");
    assertThatThrownBy(() -> texts.put("refused", "v"))
        .isInstanceOf(MapStorageException.class)
        .hasMessageStartingWith("Map 'texts' can't make a write durable: ")
        .hasMessageContaining(files.toString())
        .hasMessageContaining("the store tries again by itself");
    assertThat(texts.containsKey("refused")).isFalse();
    assertThatThrownBy(texts::clear).isInstanceOf(MapStorageException.class);
    assertThatThrownBy(() -> texts.remove("k")).isInstanceOf(MapStorageException.class);
    assertThatThrownBy(() -> texts.update("k", v -> "w")).isInstanceOf(MapStorageException.class);
    assertThat(texts.status().isDegraded()).isTrue();
    assertThat(texts.status().storage().degradedCause()).contains(files.toString());

    Files.move(elsewhere, files);
    await().atMost(Duration.ofSeconds(20)).until(() -> !texts.status().isDegraded());
    assertThat(texts.status().storage().state()).isEqualTo(State.HEALTHY);
    assertThat(texts.status().storage().snapshots().count()).isEqualTo(1);
    texts.put("k", "after");
    node.close();
    assertThat(started().open(TEXTS).get("k")).isEqualTo("after");
  }

  @Test
  void aNodeClosesAndTheNextOneHoldsWhatWasAcknowledged() throws IOException {
    Files.move(files, elsewhere);
    assertThatThrownBy(() -> texts.put("lost", "v")).isInstanceOf(MapStorageException.class);
    node.close();
    Files.move(elsewhere, files);
    assertThat(started().open(TEXTS).asMap()).containsOnlyKeys("k");
  }

  @Test
  void filesThatCannotBeRemovedAreSaidSoAndTheMapIsClosed() throws IOException {
    Files.move(files, elsewhere);
    assertThatThrownBy(() -> node.delete("texts"))
        .isInstanceOf(MapStorageException.class)
        .hasMessageContaining(files.toString());
    assertThat(node.names()).isEmpty();
    Files.move(elsewhere, files);
    node.delete("texts"); // also of a map that is not open
    assertThat(files).doesNotExist();
  }
}
