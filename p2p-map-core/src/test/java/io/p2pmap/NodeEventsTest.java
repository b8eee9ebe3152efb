package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.p2pmap.NodeEvent.MapDegraded;
import io.p2pmap.NodeEvent.MapHealed;
import io.p2pmap.NodeEvent.MapSynchronized;
import io.p2pmap.NodeEvent.MembersChanged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeEventsTest {

  private static final MapSpec<String, String> TEXTS =
      MapSpec.of("texts", String.class, String.class);

  private final MemoryCluster cluster = new MemoryCluster();
  private final List<NodeEvent> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aNodeHearsOfItselfAndOfOthersThatComeAndGo() {
    ReplicatedMaps a = cluster.node("a");
    a.subscribe(heard::add);
    a.start();
    await().untilAsserted(() -> assertThat(changes()).containsExactly("+[a] -[]"));
    ReplicatedMaps b = cluster.started("b");
    await().untilAsserted(() -> assertThat(changes()).containsExactly("+[a] -[]", "+[b] -[]"));
    b.close();
    await()
        .untilAsserted(
            () -> assertThat(changes()).containsExactly("+[a] -[]", "+[b] -[]", "+[] -[b]"));
  }

  @Test
  void aMapIsSynchronizedOnceItHoldsWhatTheOthersHold() {
    ReplicatedMap<String, String> first = cluster.started("a").open(TEXTS);
    first.put("key", "value");
    ReplicatedMaps b = cluster.node("b");
    ReplicatedMap<String, String> second = b.open(TEXTS);
    List<String> found = new CopyOnWriteArrayList<>();
    b.subscribe(
        event -> {
          if (event instanceof MapSynchronized synced && synced.mapName().equals("texts")) {
            found.add(String.valueOf(second.get("key")));
          }
        });
    assertThat(found).isEmpty();
    b.start();
    await().untilAsserted(() -> assertThat(found).containsExactly("value"));
  }

  @Test
  void aMapWhoseDiskFailsIsDegradedUntilItWorksAgain(@TempDir Path directory) throws Exception {
    cluster
        .node("a", builder -> builder.storageDirectory(directory))
        .open(TEXTS.persist(true))
        .put("key", "value");
    cluster.close();
    ReplicatedMaps a = cluster.node("a", builder -> builder.storageDirectory(directory));
    a.subscribe(heard::add);
    a.start();
    ReplicatedMap<String, String> texts = a.open(TEXTS.persist(true)); // its log is not made yet
    Path files = directory.resolve("a").resolve("texts");
    Path elsewhere = Files.move(files, directory.resolve("elsewhere"));
    assertThatThrownBy(() -> texts.put("key", "lost")).isInstanceOf(MapStorageException.class);
    await().untilAsserted(() -> assertThat(heard).anyMatch(MapDegraded.class::isInstance));
    assertThat(heard)
        .filteredOn(MapDegraded.class::isInstance)
        .allSatisfy(event -> assertThat(((MapDegraded) event).mapName()).isEqualTo("texts"))
        .allSatisfy(event -> assertThat(((MapDegraded) event).reason()).contains(files.toString()));
    assertThat(heard).noneMatch(MapHealed.class::isInstance);
    Files.move(elsewhere, files);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(heard).contains(new MapHealed("texts")));
  }

  @Test
  void aListenerThatBlocksDelaysNobodyAndHearsTheLastStateLater() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    List<NodeEvent> late = new CopyOnWriteArrayList<>();
    ReplicatedMaps a = cluster.node("a");
    a.subscribe(
        event -> {
          late.add(event);
          awaitUninterrupted(goOn);
        });
    a.subscribe(heard::add);
    a.start();
    await().untilAsserted(() -> assertThat(changes()).containsExactly("+[a] -[]"));
    ReplicatedMaps b = cluster.started("b");
    await().untilAsserted(() -> assertThat(changes()).contains("+[b] -[]"));
    b.close();
    await().untilAsserted(() -> assertThat(changes()).contains("+[] -[b]"));
    assertThat(late).hasSizeLessThanOrEqualTo(1);
    goOn.countDown();
    await().untilAsserted(() -> assertThat(membersIn(late)).containsExactly("a"));
  }

  @Test
  void aListenerThatFailsHearsTheNextEvent() {
    ReplicatedMaps a = cluster.node("a");
    a.subscribe(
        event -> {
          heard.add(event);
          throw new IllegalStateException("on purpose");
        });
    a.start();
    await().untilAsserted(() -> assertThat(changes()).containsExactly("+[a] -[]"));
    cluster.started("b");
    await().untilAsserted(() -> assertThat(changes()).containsExactly("+[a] -[]", "+[b] -[]"));
  }

  @Test
  void thereIsAThreadAsLongAsThereIsAListener() {
    ReplicatedMaps a = cluster.started("a");
    assertThat(threads()).isEmpty();
    Subscription one = a.subscribe(heard::add);
    Subscription two = a.subscribe(heard::add);
    assertThat(threads()).hasSize(2);
    one.close();
    await().untilAsserted(() -> assertThat(threads()).hasSize(1));
    a.close();
    await().untilAsserted(() -> assertThat(threads()).isEmpty());
    two.close();
    assertThatThrownBy(() -> a.subscribe(heard::add)).isInstanceOf(IllegalStateException.class);
    await().untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  private List<String> changes() {
    return heard.stream()
        .filter(MembersChanged.class::isInstance)
        .map(MembersChanged.class::cast)
        .map(event -> "+%s -%s".formatted(names(event.joined()), names(event.left())))
        .toList();
  }

  private static List<String> membersIn(List<NodeEvent> events) {
    return names(((MembersChanged) events.get(events.size() - 1)).members());
  }

  private static List<String> names(List<Member> members) {
    return members.stream().map(Member::name).toList();
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("p2pmap-node-events"))
        .collect(Collectors.toSet());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
