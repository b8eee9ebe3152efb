package io.p2pmap;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.engine.ReplicaDriver;
import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.wire.FrameEncoder;
import io.p2pmap.internal.wire.FrameHeader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * On one node, puts, removals, updates, reads, and the application of what other nodes wrote happen
 * each at one instant between call and return, also when they run at the same time.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:5")
public class LinearizabilityTest {

  private static final ReplicatedMaps NODE =
      ReplicatedMaps.builder().nodeName("checked").inMemory(true).build();

  private static final UUID PEER = new UUID(7, 7);
  private static final AtomicLong MAPS = new AtomicLong();

  /** Ahead of every clock here, so that the next write of the peer is newer than all before. */
  private static final long PEER_AHEAD = HybridTime.ofMillis(System.currentTimeMillis()) * 2;

  private static final long PEER_STEP = 1_000;

  private final String name = "map-" + MAPS.incrementAndGet();
  private final ReplicatedMap<Integer, Integer> map;
  private final ReplicaDriver<Object> driver;
  private final Object sending = new Object();
  private long peerTime = PEER_AHEAD;

  /** A map that knows of one peer; the one before is closed. */
  public LinearizabilityTest() {
    NODE.names().forEach(NODE::close);
    map = NODE.open(MapSpec.of(name, Integer.class, Integer.class));
    driver = ((OpenMap<Integer, Integer>) map).hosting().map().driver();
    driver.membersChanged(List.of(PEER));
  }

  @Operation
  public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
    map.put(key, value);
  }

  @Operation
  public boolean remove(@Param(name = "key") int key) {
    return map.remove(key);
  }

  @Operation
  public @Nullable Integer get(@Param(name = "key") int key) {
    return map.get(key);
  }

  /** Adds one. */
  @Operation
  public @Nullable Integer update(@Param(name = "key") int key) {
    return map.update(key, before -> before == null ? 1 : before + 1);
  }

  /** What another node wrote arrives; one thread applies, as in production. */
  @Operation
  public synchronized void apply(@Param(name = "key") int key, @Param(name = "value") int value) {
    long previous = peerTime == PEER_AHEAD ? 0 : peerTime;
    peerTime += PEER_STEP;
    Entry<Object> entry =
        new Entry<>(key, new byte[] {(byte) key}, new byte[] {(byte) value}, peerTime, PEER, 0);
    byte[] frame =
        new FrameEncoder()
            .encode(name, new Message.Batch<>(PEER, "peer", previous, peerTime, List.of(entry)));
    driver.receive(PEER, (FrameHeader.Known) FrameHeader.read(frame));
  }

  /** Digests, transfers and snapshots are made of the same state meanwhile. */
  @Operation
  public void tick() {
    driver.tick();
    synchronized (sending) { // one thread sends, as in production
      driver.drain((receiver, frame) -> {});
    }
    driver.checkInvariants();
  }

  /** The same operations on a map of one thread. */
  public static final class Sequential {

    private final Map<Integer, Integer> map = new HashMap<>();

    /** See {@link LinearizabilityTest#put}. */
    public void put(int key, int value) {
      map.put(key, value);
    }

    /** See {@link LinearizabilityTest#remove}. */
    public boolean remove(int key) {
      return map.remove(key) != null;
    }

    /** See {@link LinearizabilityTest#get}. */
    public @Nullable Integer get(int key) {
      return map.get(key);
    }

    /** See {@link LinearizabilityTest#update}. */
    public @Nullable Integer update(int key) {
      return map.merge(key, 1, Integer::sum);
    }

    /** See {@link LinearizabilityTest#apply}. */
    public void apply(int key, int value) {
      map.put(key, value);
    }

    /** See {@link LinearizabilityTest#tick}. */
    public void tick() {}
  }

  @Test
  void everyOperationHappensAtOneInstant() {
    new StressOptions()
        .iterations(Integer.getInteger("stress.scenarios", 8))
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(2)
        .sequentialSpecification(Sequential.class)
        .check(LinearizabilityTest.class);
  }
}
