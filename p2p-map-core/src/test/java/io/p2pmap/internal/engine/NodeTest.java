package io.p2pmap.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.replication.ConvergentReplica;
import io.p2pmap.internal.replication.Counter;
import io.p2pmap.internal.replication.Identity;
import io.p2pmap.internal.replication.Message.Batch;
import io.p2pmap.internal.replication.ReplicaSettings;
import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportHandler;
import io.p2pmap.internal.transport.View;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On which thread a node applies what its transport brings. */
class NodeTest {

  private static final String MAP = "map";
  private static final Peer SELF = new Peer(new UUID(1, 1), "self", "here", 1, 1);
  private static final Peer OTHER = new Peer(new UUID(1, 2), "other", "there", 1, 1);
  private static final String APPLIER = "p2pmap-apply-self";
  private static final UUID ORIGIN = new UUID(2, 2);
  private static final View TOGETHER = new View(SELF, List.of(OTHER));

  /** Gives the view of both; the test brings the frames. */
  private final class Silent implements Transport {

    @Override
    public void start(TransportHandler handler) {
      handler.onView(TOGETHER);
    }

    @Override
    public void multicast(byte[] frame) {}

    @Override
    public void unicast(UUID member, byte[] frame) {}

    @Override
    public void close() {
      atClose.run();
    }
  }

  private final CountDownLatch viewsMayGoOn = new CountDownLatch(1);
  private final Map<String, Entry<String>> live = new ConcurrentHashMap<>();
  private volatile boolean isHoldingViews;
  private volatile @Nullable Throwable failed;
  private Runnable atClose = () -> {};
  private volatile String appliedBy = "nobody";
  private final Node node =
      new Node("self", new Silent(), NodeTest::now, view -> hold(), failure -> failed = failure);
  private long lastTime = 1L << 16;

  private static Now now() {
    return new Now(1_767_225_600_000L, System.nanoTime());
  }

  private void hold() {
    if (isHoldingViews) {
      try {
        viewsMayGoOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void start() {
    node.start();
  }

  @AfterEach
  void close() {
    viewsMayGoOn.countDown();
    node.close();
  }

  private HostedMap<String> host(boolean hasPlainKeys) {
    ConvergentReplica<String> replica =
        new ConvergentReplica<>(
            new Identity(SELF.id(), SELF.id(), "self"),
            ReplicaSettings.of(
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofDays(1),
                Duration.ofMinutes(1),
                Duration.ZERO),
            live,
            UUID::randomUUID,
            now());
    MapFrames<String> frames = new MapFrames<>(MAP, this::decode, hasPlainKeys, null);
    return node.host(
        MAP, wakeups -> new ReplicaDriver<>(replica, live, frames, NodeTest::now, wakeups));
  }

  private String decode(byte[] key) {
    appliedBy = Thread.currentThread().getName();
    if (key[0] == '!') {
      throw new OutOfMemoryError("as a test wants it");
    }
    return new String(key, StandardCharsets.UTF_8);
  }

  private void receive(String key, int valueBytes) {
    long previous = lastTime == 1L << 16 ? 0 : lastTime;
    lastTime++;
    Entry<String> entry =
        new Entry<>(
            key,
            key.getBytes(StandardCharsets.UTF_8),
            new byte[valueBytes],
            lastTime,
            ORIGIN,
            Entry.NEVER);
    Batch<String> batch = new Batch<>(ORIGIN, "other", previous, lastTime, List.of(entry));
    node.onFrame(OTHER.id(), new MapFrames<>(MAP, String::new).encode(batch));
  }

  /** The name of the thread that applies a batch with one value of this length. */
  private String applierOf(int valueBytes) {
    String key = "key-" + lastTime;
    receive(key, valueBytes);
    await().pollInterval(Duration.ofMillis(2)).until(() -> live.containsKey(key));
    return appliedBy;
  }

  @Test
  void aSmallBatchIsAppliedByTheThreadThatBringsIt() {
    host(true);
    awaitIdle();
    String me = Thread.currentThread().getName();
    long mine = IntStream.range(0, 100).filter(i -> applierOf(10).equals(me)).count();
    assertThat(mine).isGreaterThan(90); // now and then time passes just then
  }

  private void awaitIdle() {
    String me = Thread.currentThread().getName();
    await().pollInSameThread().until(() -> applierOf(10).equals(me));
  }

  @Test
  void theNodeIsToldOfAnErrorOnTheThreadThatBringsABatch() {
    host(true);
    awaitIdle();
    Throwable thrown = catchThrowable(() -> receive("!", 10));
    assertThat(appliedBy.equals(APPLIER) || thrown instanceof OutOfMemoryError).isTrue();
    await().until(() -> failed instanceof OutOfMemoryError);
  }

  @Test
  void aLargeBatchIsLeftToTheNodesOwnThread() {
    host(true);
    for (int i = 0; i < 20; i++) {
      assertThat(applierOf(5_000)).isEqualTo(APPLIER);
    }
  }

  @Test
  void aBatchWhoseKeysRunUserCodeIsLeftToTheNodesOwnThread() {
    host(false);
    for (int i = 0; i < 20; i++) {
      assertThat(applierOf(10)).isEqualTo(APPLIER);
    }
  }

  @Test
  void aSmallBatchOvertakesNothingAndWaitsForNobody() {
    host(true);
    holdTheApplier();
    receive("first", 100_000);
    receive("second", 10);
    assertThat(live).isEmpty();
    viewsMayGoOn.countDown();
    await().until(() -> live.size() == 2);
    assertThat(live).containsKeys("first", "second");
  }

  @Test
  void smallBatchesAndLargeOnesStayInOrder() {
    HostedMap<String> map = host(true);
    for (int i = 0; i < 2_000; i++) {
      receive("large-" + i, 5_000);
      receive("small-" + i, 10);
    }
    await().until(() -> live.size() == 4_000);
    assertThat(map.driver().status().counters()).containsEntry(Counter.GAPS.label(), 0L);
  }

  @Test
  void nothingIsAppliedOnceTheNodeCloses() {
    host(true);
    atClose = () -> receive("late", 10);
    node.close();
    assertThat(live).isEmpty();
  }

  private void holdTheApplier() {
    isHoldingViews = true;
    node.onView(TOGETHER);
    await().untilAsserted(() -> assertThat(applierState()).isEqualTo(Thread.State.WAITING));
  }

  private static Thread.State applierState() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(APPLIER))
        .findFirst()
        .map(Thread::getState)
        .orElse(Thread.State.TERMINATED);
  }
}
