package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers, writers, listeners, peers and close at the same time. */
class ContentionTest {

  private static final MapSpec<String, Integer> NUMBERS =
      MapSpec.of("numbers", String.class, Integer.class);

  private static final int WRITES = 3_000;
  private static final int SUBSCRIPTIONS = 200;

  private final MemoryCluster cluster = new MemoryCluster();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
    cluster.close();
  }

  private <T> Future<T> run(Callable<T> work) {
    return threads.submit(work);
  }

  /** Each thread raises a key of its own on its node, and reads its own write or a newer one. */
  @Test
  void everyThreadReadsItsOwnWritesAndNeverStepsBack() throws Exception {
    ReplicatedMap<String, Integer> a = cluster.started("a").open(NUMBERS);
    ReplicatedMap<String, Integer> b = cluster.started("b").open(NUMBERS);
    AtomicBoolean isOver = new AtomicBoolean();
    List<Future<?>> readers = new ArrayList<>();
    List<Future<?>> writers = new ArrayList<>();
    for (ReplicatedMap<String, Integer> map : List.of(a, b)) {
      for (String key : List.of("a0", "a1", "b0", "b1")) {
        readers.add(run(() -> onlyRises(map, key, isOver)));
      }
    }
    for (int i = 0; i < 2; i++) {
      String suffix = String.valueOf(i);
      writers.add(run(() -> raise(a, "a" + suffix)));
      writers.add(run(() -> raise(b, "b" + suffix)));
    }
    for (Future<?> writer : writers) {
      writer.get(2, TimeUnit.MINUTES);
    }
    isOver.set(true);
    for (Future<?> reader : readers) {
      reader.get(1, TimeUnit.MINUTES);
    }
    assertThat(a.awaitInSync(Duration.ofSeconds(20))).isTrue();
    assertThat(b.asMap()).isEqualTo(a.asMap()).containsEntry("b1", WRITES);
  }

  private static boolean raise(ReplicatedMap<String, Integer> map, String key) {
    for (int i = 1; i <= WRITES; i++) {
      map.put(key, i);
      assertThat(map.get(key)).isEqualTo(i);
    }
    return true;
  }

  private static boolean onlyRises(
      ReplicatedMap<String, Integer> map, String key, AtomicBoolean isOver) {
    int last = 0;
    while (!isOver.get()) {
      Integer read = map.get(key);
      assertThat(read == null ? 0 : read).isGreaterThanOrEqualTo(last);
      last = read == null ? 0 : read;
    }
    return true;
  }

  @Test
  void noUpdateOfOneNodeIsLost() throws Exception {
    ReplicatedMap<String, Integer> a = cluster.started("a").open(NUMBERS);
    cluster.started("b").open(NUMBERS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(run(() -> count(a)));
    }
    for (Future<?> one : all) {
      one.get(1, TimeUnit.MINUTES);
    }
    assertThat(a.get("count")).isEqualTo(4 * WRITES);
  }

  private static boolean count(ReplicatedMap<String, Integer> map) {
    for (int i = 0; i < WRITES; i++) {
      map.update("count", before -> before == null ? 1 : before + 1);
    }
    return true;
  }

  /** A replay and the events after it are one path, wherever in the writing it begins. */
  @Test
  void aReplayHasNoGapAndNoRepeat() throws Exception {
    ReplicatedMap<String, Integer> a = cluster.started("a").open(NUMBERS);
    ReplicatedMap<String, Integer> b = cluster.started("b").open(NUMBERS);
    AtomicBoolean isOver = new AtomicBoolean();
    Future<?> here = run(() -> write(a, "k", isOver));
    Future<?> there = run(() -> write(b, "k", isOver));
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < SUBSCRIPTIONS; i++) {
      Path path = new Path();
      paths.add(path);
      path.subscription = a.subscribe(path, Replay.CURRENT_ENTRIES);
      if (i % 2 == 0) {
        paths.remove(path);
        path.subscription.close();
      } else {
        await().pollInterval(Duration.ofMillis(1)).until(() -> path.steps.get() > 0);
      }
    }
    isOver.set(true);
    here.get(1, TimeUnit.MINUTES);
    there.get(1, TimeUnit.MINUTES);
    assertThat(a.awaitInSync(Duration.ofSeconds(20))).isTrue();
    await()
        .untilAsserted(
            () -> assertThat(paths).extracting(path -> path.current).containsOnly(a.get("k")));
    assertThat(paths).extracting(path -> path.gaps.get()).containsOnly(0);
  }

  private static boolean write(
      ReplicatedMap<String, Integer> map, String key, AtomicBoolean isOver) {
    for (int i = 0; !isOver.get(); i++) {
      if (i % 5 == 0) {
        map.remove(key);
      } else {
        map.put(key, i);
      }
    }
    map.put(key, -1);
    return true;
  }

  /** Where the events of a subscription have led to. */
  private static final class Path implements MapListener<String, Integer> {
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger gaps = new AtomicInteger();
    private volatile @Nullable Integer current;
    private volatile Subscription subscription = () -> {};

    @Override
    public void onEvent(MapEvent<String, Integer> event) {
      Integer previous;
      Integer value = null;
      if (event instanceof MapEvent.Put<String, Integer> put) {
        previous = put.previousValue();
        value = put.value();
      } else {
        previous = ((MapEvent.Removed<String, Integer>) event).previousValue();
      }
      if (!Objects.equals(previous, current)) {
        gaps.incrementAndGet();
      }
      current = value;
      steps.incrementAndGet();
    }
  }

  /** Whoever uses a map that is being closed gets that said, and nothing else. */
  @Test
  void operationsThatMeetAClosingMapSucceedOrSaySo() throws Exception {
    ReplicatedMaps node = cluster.started("a");
    ReplicatedMaps other = cluster.started("b");
    for (int round = 0; round < 50; round++) {
      MapSpec<String, Integer> spec = MapSpec.of("closing-" + round, String.class, Integer.class);
      ReplicatedMap<String, Integer> map = node.open(spec);
      other.open(spec).put("there", round);
      List<Future<Boolean>> users = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        users.add(run(() -> useUntilClosed(map)));
      }
      await().pollInterval(Duration.ofMillis(1)).until(() -> map.get("here") != null);
      node.close(spec.name());
      for (Future<Boolean> user : users) {
        assertThat(user.get(30, TimeUnit.SECONDS)).isTrue();
      }
      other.close(spec.name());
    }
  }

  private static boolean useUntilClosed(ReplicatedMap<String, Integer> map) {
    try {
      for (int i = 1; ; i++) {
        map.put("here", i);
        map.get("here");
        map.asMap().forEach((key, value) -> Objects.requireNonNull(value));
        map.subscribe(event -> {}, Replay.CURRENT_ENTRIES).close();
        map.remove("there");
      }
    } catch (MapClosedException e) {
      return true;
    }
  }
}
