package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.DURABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.NodeOptions.Option;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node starts from a directory that is not the newest, or not its own: the nodes agree, nothing
 * is lost, and no removed key is back.
 */
@ExtendWith(ClusterExtension.class)
class RestoredDirectoryIT {

  private static final int ENTRIES = 1_000;
  private static final Duration TOMBSTONE_TTL = Duration.ofSeconds(2);

  @TempDir private Path directory;

  @BeforeEach
  void store(Cluster cluster) {
    cluster
        .with(Option.STORAGE, directory)
        .with(Option.SYNC_INTERVAL, Duration.ofMillis(500))
        .with(Option.TOMBSTONE_TTL, TOMBSTONE_TTL);
  }

  @Test
  void anOldBackupOfOneNodeBringsNothingBackAndLosesNothing(Cluster cluster) throws IOException {
    List<NodeProcess> nodes = cluster.start("a", "b", "c");
    nodes.get(2).map(DURABLE).load("entry", ENTRIES);
    cluster.awaitAgreement(DURABLE);
    nodes.get(2).end();
    Path backup = directory.resolve("backup");
    copy(directory.resolve("c"), backup);

    NodeProcess c = cluster.launch("c");
    c.start();
    cluster.awaitMembers();
    c.map(DURABLE).removes("entry", 0, 100);
    c.map(DURABLE).put("entry-00100", "newer");
    c.map(DURABLE).put("new", "value");
    nodes.get(0).map(DURABLE).removes("entry", 200, 100);
    awaitNoTombstones(cluster); // c had acknowledged them: nobody remembers the removals
    c.end();
    Files.move(directory.resolve("c"), directory.resolve("newest"));
    copy(backup, directory.resolve("c"));

    NodeProcess restored = cluster.launch("c");
    assertThat(restored.map(DURABLE).size()).isEqualTo(ENTRIES); // the removed keys, too
    restored.start();
    cluster.awaitMembers();
    assertConverged(cluster);
    restored.map(DURABLE).put("after", "the restore"); // its clock is ahead of all it had written
    cluster.awaitAgreement(DURABLE);
    cluster.awaitEverywhere(
        node -> assertThat(node.map(DURABLE).get("after")).isEqualTo("the restore"));
  }

  private static void assertConverged(Cluster cluster) {
    cluster.awaitAgreement(DURABLE);
    assertThat(cluster.alive())
        .allSatisfy(
            node ->
                assertThat(node.map(DURABLE).contents())
                    .hasSize(ENTRIES - 200 + 1)
                    .doesNotContainKeys("entry-00000", "entry-00099", "entry-00200", "entry-00299")
                    .containsEntry("entry-00100", "newer")
                    .containsEntry("new", "value"));
  }

  @Test
  void twoNodesFromOneDirectoryAgreeAndBothKeepTheirWrites(Cluster cluster) throws IOException {
    List<NodeProcess> nodes = cluster.start("a", "b");
    nodes.get(0).map(DURABLE).load("entry", ENTRIES);
    nodes.get(0).map(DURABLE).removes("entry", 0, 10);
    cluster.awaitAgreement(DURABLE);
    nodes.get(0).end();
    copy(directory.resolve("a"), directory.resolve("copy"));
    nodes.get(1).map(DURABLE).removes("entry", 10, 10);

    NodeProcess a = cluster.launch("a");
    NodeProcess copy = cluster.launch("copy");
    a.map(DURABLE).put("by a", "before it met anybody");
    copy.map(DURABLE).put("by copy", "before it met anybody");
    copy.map(DURABLE).remove("entry-00020");
    Cluster.atOnce(List.of(a, copy), NodeProcess::start);
    cluster.awaitMembers();
    a.map(DURABLE).put("entry-00021", "by a");
    copy.map(DURABLE).put("entry-00022", "by copy");
    cluster.awaitAgreement(DURABLE);
    assertThat(cluster.alive())
        .hasSize(3)
        .allSatisfy(
            node ->
                assertThat(node.map(DURABLE).contents())
                    .hasSize(ENTRIES - 21 + 2)
                    .containsKeys("by a", "by copy")
                    .containsEntry("entry-00021", "by a")
                    .containsEntry("entry-00022", "by copy")
                    .doesNotContainKeys("entry-00009", "entry-00019", "entry-00020"));
  }

  @Test
  void aNodeThatWasAwayLongerThanRemovalsAreRememberedTakesTheFullState(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b", "c");
    nodes.get(2).map(DURABLE).load("entry", ENTRIES);
    cluster.awaitAgreement(DURABLE);
    nodes.get(2).end();
    nodes.get(0).map(DURABLE).removes("entry", 0, 100);
    awaitNoTombstones(cluster);

    NodeProcess c = cluster.launch("c");
    assertThat(c.map(DURABLE).size()).isEqualTo(ENTRIES);
    c.map(DURABLE).put("written", "before it met anybody");
    c.start();
    assertThat(c.map(DURABLE).get("entry-00000")).isNull();
    cluster.awaitMembers();
    cluster.awaitAgreement(DURABLE);
    assertThat(cluster.alive())
        .allSatisfy(
            node ->
                assertThat(node.map(DURABLE).contents())
                    .hasSize(ENTRIES - 100 + 1)
                    .containsKey("written")
                    .doesNotContainKeys("entry-00000", "entry-00099"));
    long fullStates = fullStatesSent(nodes.subList(0, 2));
    assertThat(fullStates).isPositive();
    c.end();
    NodeProcess again = cluster.launch("c"); // its disk has it, too
    assertThat(again.map(DURABLE).size()).isEqualTo(ENTRIES - 100 + 1);
  }

  private static long fullStatesSent(List<NodeProcess> nodes) {
    return nodes.stream()
        .mapToLong(node -> node.map(DURABLE).status().number("full-states-sent"))
        .sum();
  }

  private static void awaitNoTombstones(Cluster cluster) {
    await()
        .atMost(TOMBSTONE_TTL.plusSeconds(20))
        .untilAsserted(
            () ->
                assertThat(cluster.alive())
                    .allSatisfy(
                        node ->
                            assertThat(node.map(DURABLE).status().number("tombstones")).isZero()));
    cluster.awaitAgreement(DURABLE);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(source)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path source, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(source, to.resolve(from.relativize(source)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
