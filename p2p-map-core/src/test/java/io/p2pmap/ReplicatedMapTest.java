package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.OffsetClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One node, one map: what a caller sees. */
class ReplicatedMapTest {

  record Flag(boolean enabled, int percent) {}

  private static final MapSpec<String, Flag> FLAGS = MapSpec.of("flags", String.class, Flag.class);

  private final MemoryCluster cluster = new MemoryCluster();
  private final OffsetClock clock = new OffsetClock();
  private ReplicatedMaps node;

  @BeforeEach
  void start() {
    node = cluster.node("a", builder -> builder.clock(clock));
    node.start();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aWriteIsReadableWhenPutReturns() {
    ReplicatedMap<String, Flag> flags = node.open(FLAGS);
    flags.put("checkout", new Flag(true, 50));
    assertThat(flags.get("checkout")).isEqualTo(new Flag(true, 50));
    assertThat(flags.size()).isEqualTo(1);
    assertThat(flags.getOrDefault("other", new Flag(false, 0))).isEqualTo(new Flag(false, 0));
  }

  @Test
  void removeTellsWhetherTheKeyWasHere() {
    ReplicatedMap<String, Flag> flags = node.open(FLAGS);
    flags.put("checkout", new Flag(true, 50));
    assertThat(flags.remove("checkout")).isTrue();
    assertThat(flags.remove("checkout")).isFalse();
    assertThat(flags.get("checkout")).isNull();
    assertThat(flags.isEmpty()).isTrue();
  }

  @Test
  void clearRemovesEverythingThatIsHere() {
    ReplicatedMap<String, Flag> flags = node.open(FLAGS);
    flags.putAll(Map.of("a", new Flag(true, 1), "b", new Flag(true, 2)));
    flags.clear();
    assertThat(flags.asMap()).isEmpty();
  }

  @Test
  void aValueThatIsChangedAfterPutChangesNothing() {
    MapSpec<String, List<String>> spec = MapSpec.of("lists", String.class, ListOfStrings.TYPE);
    ReplicatedMap<String, List<String>> lists = node.open(spec);
    List<String> mine = new ArrayList<>(List.of("one"));
    lists.put("k", mine);
    mine.add("two");
    assertThat(lists.get("k")).containsExactly("one");
  }

  @Test
  void aRefusedValueIsNotWritten() {
    ReplicatedMap<String, Flag> flags =
        node.open(FLAGS.validator(flag -> flag.percent() >= 0 && flag.percent() <= 100));
    assertThatThrownBy(() -> flags.putAll(Map.of("a", new Flag(true, 101))))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("flags")
        .hasMessageContaining("'a'");
    assertThat(flags.isEmpty()).isTrue();
  }

  @Test
  void aValueThatIsTooLargeIsRefused() {
    ReplicatedMap<String, String> texts =
        node.open(MapSpec.of("texts", String.class, String.class).maxValueBytes(10));
    texts.put("k", "short");
    assertThatThrownBy(() -> texts.put("k", "much too long"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("10");
    assertThat(texts.get("k")).isEqualTo("short");
  }

  @Test
  void aKeyThatChangesInEncodingIsRefused() {
    ReplicatedMap<String, String> texts =
        node.open(MapSpec.of("texts", String.class, String.class));
    assertThatIllegalArgumentException().isThrownBy(() -> texts.put("\uD800", "half a pair"));
    assertThat(texts.isEmpty()).isTrue();
  }

  @Test
  void anEntryIsHiddenWhenItsTimeIsOverAndShownAgainIfTheClockGoesBack() {
    ReplicatedMap<String, Flag> flags = node.open(FLAGS);
    flags.put("short", new Flag(true, 1), Duration.ofMinutes(1));
    flags.put("long", new Flag(true, 2), Duration.ofDays(365_000_000));
    assertThat(flags.entry("short").orElseThrow().expiresAt()).isNotNull();
    clock.setOffset(Duration.ofMinutes(2));
    assertThat(flags.get("short")).isNull();
    assertThat(flags.entry("short")).isEmpty();
    assertThat(flags.get("long")).isNotNull();
    clock.setOffset(Duration.ZERO);
    assertThat(flags.get("short")).isEqualTo(new Flag(true, 1));
  }

  @Test
  void theDefaultTimeToLiveHoldsForPutsWithoutOne() {
    ReplicatedMap<String, Flag> flags = node.open(FLAGS.timeToLive(Duration.ofMinutes(1)));
    flags.put("a", new Flag(true, 1));
    flags.update("b", before -> new Flag(true, 2));
    flags.putAll(Map.of("c", new Flag(true, 3)));
    clock.setOffset(Duration.ofMinutes(2));
    assertThat(flags.asMap().keySet().iterator()).isExhausted();
    await().until(flags::isEmpty);
  }

  @Test
  void updatesOfOneNodeAreAtomic() throws Exception {
    ReplicatedMap<String, Integer> counters =
        node.open(MapSpec.of("counters", String.class, Integer.class));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      done.add(pool.submit(() -> counters.update("k", n -> n == null ? 1 : n + 1)));
    }
    for (Future<?> each : done) {
      each.get();
    }
    pool.shutdown();
    assertThat(counters.get("k")).isEqualTo(2_000);
  }

  @Test
  void anUpdateToNullRemoves() {
    ReplicatedMap<String, Flag> flags = node.open(FLAGS);
    flags.put("a", new Flag(true, 1));
    assertThat(flags.update("a", before -> null)).isNull();
    assertThat(flags.update("a", before -> before)).isNull();
    assertThat(flags.containsKey("a")).isFalse();
  }

  @Test
  void theMapViewIsLiveAndReadOnly() {
    ReplicatedMap<String, Flag> flags = node.open(FLAGS);
    Map<String, Flag> view = flags.asMap();
    flags.put("a", new Flag(true, 1));
    assertThat(view).containsExactly(Map.entry("a", new Flag(true, 1)));
    assertThatThrownBy(() -> view.put("b", new Flag(true, 2)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(view::clear).isInstanceOf(UnsupportedOperationException.class);
    Iterator<String> keys = view.keySet().iterator();
    keys.next();
    assertThatThrownBy(keys::remove).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aClosedMapRefusesEverythingAndMayBeOpenedAgain() {
    ReplicatedMap<String, Flag> flags = node.open(FLAGS);
    flags.put("a", new Flag(true, 1));
    node.close("flags");
    assertThatThrownBy(() -> flags.get("a")).isInstanceOf(MapClosedException.class);
    assertThatThrownBy(() -> flags.put("a", new Flag(true, 1)))
        .isInstanceOf(MapClosedException.class);
    assertThat(flags.status().state()).isEqualTo(MapStatus.State.CLOSED);
    assertThat(node.find("flags")).isEmpty();
    assertThat(node.open(FLAGS).isEmpty()).isTrue();
  }

  @Test
  void openIsIdempotentAndRefusesAnotherSpec() {
    ReplicatedMap<String, Flag> flags = node.open(FLAGS);
    assertThat(node.open(MapSpec.of("flags", String.class, Flag.class))).isSameAs(flags);
    assertThatThrownBy(() -> node.open(FLAGS.pruneOnPeerDown(true)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("flags");
    assertThat(node.names()).containsExactly("flags");
  }

  @Test
  void racingOpensGetOneMap() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<ReplicatedMap<String, Flag>>> opened = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      opened.add(pool.submit(() -> node.open(FLAGS)));
    }
    ReplicatedMap<String, Flag> first = opened.get(0).get();
    for (Future<ReplicatedMap<String, Flag>> each : opened) {
      assertThat(each.get()).isSameAs(first);
    }
    pool.shutdown();
  }

  @Test
  void aClosedNodeOpensNothing() {
    node.close();
    assertThatThrownBy(() -> node.open(FLAGS)).isInstanceOf(IllegalStateException.class);
    assertThat(node.names()).isEmpty();
    assertThat(node.isRunning()).isFalse();
  }

  @Test
  void aLoneNodeIsReadyAndInSync() throws Exception {
    ReplicatedMap<String, Flag> flags = node.open(FLAGS);
    assertThat(flags.status().state()).isEqualTo(MapStatus.State.READY);
    assertThat(flags.awaitInSync(Duration.ZERO.plusSeconds(1))).isTrue();
    flags.put("a", new Flag(true, 1));
    assertThat(flags.whenReplicated(Reach.ALL)).succeedsWithin(Duration.ofSeconds(1));
  }
}
