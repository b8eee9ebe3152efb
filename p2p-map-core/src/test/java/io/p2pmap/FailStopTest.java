package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.OffsetClock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that can't go on ends, instead of staying a member that does nothing. */
class FailStopTest {

  /** A key whose class fails on the thread that applies on node b, in one way or another. */
  record Bomb(String kind) {
    Bomb {
      if (Thread.currentThread().getName().equals("p2pmap-apply-b")) {
        explode(kind);
      }
    }

    private static void explode(String kind) {
      switch (kind) {
        case "memory" -> throw new OutOfMemoryError("as a test wants it");
        case "assertion" -> throw new AssertionError("as a test wants it");
        case "depth" -> throw new StackOverflowError("as a test wants it");
        default -> {}
      }
    }
  }

  /** A clock, which is read under the map's lock, and fails on one thread. */
  private static final class MemoryEater extends OffsetClock {
    private final Thread victim;
    private volatile boolean isEating;

    MemoryEater(Thread victim) {
      this.victim = victim;
    }

    @Override
    public Instant instant() {
      if (isEating && Thread.currentThread() == victim) {
        throw new OutOfMemoryError("as a test wants it");
      }
      return super.instant();
    }
  }

  private static final MapSpec<Bomb, String> BOMBS = MapSpec.of("bombs", Bomb.class, String.class);

  private final MemoryCluster cluster = new MemoryCluster();
  private final ReplicatedMaps nodeA = cluster.started("a");
  private final ReplicatedMaps nodeB = cluster.started("b");
  private final ReplicatedMap<Bomb, String> a = nodeA.open(BOMBS);
  private final ReplicatedMap<Bomb, String> b = nodeB.open(BOMBS);

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aNodeThatRunsOutOfMemoryWhileItAppliesLeavesAndSaysSo() throws Exception {
    await().until(() -> nodeA.members().size() == 2);
    a.put(new Bomb("memory"), "value");
    await().until(() -> nodeA.members().size() == 1);
    await().until(() -> !nodeB.isRunning());
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> b.get(new Bomb("any")))
                    .isInstanceOf(MapClosedException.class));
    a.put(new Bomb("later"), "value");
    a.whenReplicated(Reach.ALL).get(20, TimeUnit.SECONDS);
    assertThat(a.size()).isEqualTo(2);
  }

  @Test
  void aNodeThatRunsOutOfMemoryWhileItsUserWritesLeavesAndSaysSo() {
    MemoryEater clock = new MemoryEater(Thread.currentThread());
    ReplicatedMaps nodeC = cluster.node("c", builder -> builder.clock(clock));
    ReplicatedMap<Bomb, String> c = nodeC.open(BOMBS);
    nodeC.start();
    await().until(() -> nodeA.members().size() == 3);

    clock.isEating = true;
    assertThatThrownBy(() -> c.put(new Bomb("any"), "value")).isInstanceOf(OutOfMemoryError.class);
    clock.isEating = false;

    await().until(() -> nodeA.members().size() == 2);
    assertThat(nodeC.isRunning()).isFalse();
  }

  @Test
  void anEntryWhoseClassFailsEndsNobody() {
    a.put(new Bomb("assertion"), "value");
    a.put(new Bomb("depth"), "value");
    a.put(new Bomb("fine"), "value");
    await().until(() -> "value".equals(b.get(new Bomb("fine"))));
    assertThat(nodeB.isRunning()).isTrue();
    b.put(new Bomb("of b"), "value");
    await().until(() -> "value".equals(a.get(new Bomb("of b"))));
  }
}
