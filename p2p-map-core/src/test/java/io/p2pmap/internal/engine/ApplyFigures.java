package io.p2pmap.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.replication.ConvergentReplica;
import io.p2pmap.internal.replication.Draft;
import io.p2pmap.internal.replication.Identity;
import io.p2pmap.internal.replication.ReplicaSettings;
import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.StorageSettings;
import io.p2pmap.internal.storage.StoreListener;
import io.p2pmap.internal.storage.log.Campaigns;
import io.p2pmap.internal.storage.log.LogMapStores;
import io.p2pmap.internal.storage.log.Stopwatch;
import io.p2pmap.internal.wire.FrameHeader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures how fast entries of a peer are applied with and without persistence. Nothing is
 * asserted, because a busy machine gives any figure; see docs/storage.md.
 */
@Tag("storage-campaign")
class ApplyFigures {

  private static final int ENTRIES = 200_000;
  private static final int KEYS = 50_000;
  private static final int BATCH = 500;
  private static final UUID SENDER = UUID.randomUUID();
  private static final UUID RECEIVER = UUID.randomUUID();
  private static final ReplicaSettings SETTINGS =
      ReplicaSettings.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          Duration.ofMinutes(1),
          Duration.ZERO);

  @TempDir private Path directory;

  @Test
  void entriesOfAPeerWithAndWithoutPersistence() {
    List<byte[]> frames = frames();
    for (int round = 0; round < 5; round++) {
      Stopwatch inMemory = applyInMemory(frames);
      Stopwatch persisted = applyPersisted(frames, "round-" + round);
      Campaigns.report(
          "%,d entries of a peer applied in memory in %s, persisted in %s"
              .formatted(ENTRIES, inMemory, persisted));
    }
  }

  /** What a peer sends that writes {@link #ENTRIES} entries. */
  private static List<byte[]> frames() {
    ReplicaDriver<String> driver = inMemory(SENDER, new ConcurrentHashMap<>());
    driver.membersChanged(List.of(RECEIVER));
    List<byte[]> frames = new ArrayList<>();
    for (int from = 0; from < ENTRIES; from += BATCH) {
      driver.write(drafts(from));
      boolean hasMore = true;
      while (hasMore) {
        hasMore = driver.drain((receiver, frame) -> frames.add(frame));
      }
    }
    return frames;
  }

  private static List<Draft<String>> drafts(int from) {
    List<Draft<String>> drafts = new ArrayList<>();
    for (int i = from; i < from + BATCH; i++) {
      String key = "key-%06d".formatted(i % KEYS);
      byte[] value = ("%0100d".formatted(i)).getBytes(StandardCharsets.US_ASCII);
      drafts.add(new Draft<>(key, key.getBytes(StandardCharsets.US_ASCII), value, Entry.NEVER));
    }
    return drafts;
  }

  private static Stopwatch applyInMemory(List<byte[]> frames) {
    Map<String, Entry<String>> live = new ConcurrentHashMap<>();
    return apply(inMemory(RECEIVER, live), live, frames);
  }

  private Stopwatch applyPersisted(List<byte[]> frames, String name) {
    MapStores stores = LogMapStores.of(directory, "node", StorageSettings.defaults());
    Map<String, Entry<String>> live = new ConcurrentHashMap<>();
    DurableReplica<String> durable =
        DurableReplica.open(
            name, stores, identity(RECEIVER), SETTINGS, live, ApplyFigures::key, now());
    ReplicaDriver<String> driver = driver(durable.replica(), live, durable.state());
    durable.start(driver, StoreListener.none());
    try {
      return apply(driver, live, frames);
    } finally {
      durable.state().store().delete();
    }
  }

  private static Stopwatch apply(
      ReplicaDriver<String> driver, Map<String, Entry<String>> live, List<byte[]> frames) {
    driver.membersChanged(List.of(SENDER));
    Stopwatch stopwatch = Stopwatch.start();
    for (byte[] frame : frames) {
      driver.receive(SENDER, (FrameHeader.Known) FrameHeader.read(frame));
    }
    stopwatch.stop();
    assertThat(live).hasSize(KEYS);
    return stopwatch;
  }

  private static ReplicaDriver<String> inMemory(UUID incarnation, Map<String, Entry<String>> live) {
    ConvergentReplica<String> replica =
        new ConvergentReplica<>(identity(incarnation), SETTINGS, live, UUID::randomUUID, now());
    return driver(replica, live, null);
  }

  private static ReplicaDriver<String> driver(
      ConvergentReplica<String> replica,
      Map<String, Entry<String>> live,
      DurableState<String> state) {
    Wakeups nobody =
        new Wakeups() {
          @Override
          public void send() {}

          @Override
          public void tick() {}

          @Override
          public void failed(Error cause) {
            throw cause;
          }
        };
    return new ReplicaDriver<>(
        replica, live, new MapFrames<>("m", ApplyFigures::key), ApplyFigures::now, nobody, state);
  }

  private static Identity identity(UUID incarnation) {
    return new Identity(incarnation, incarnation, "node");
  }

  private static Now now() {
    return new Now(System.currentTimeMillis(), System.nanoTime());
  }

  private static String key(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
