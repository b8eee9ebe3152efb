package io.p2pmap.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.replication.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FrameCodecTest {

  @Property(tries = 5000)
  void everyMessageComesBackWithItsMapName(@ForAll long seed) {
    RandomMessages messages = new RandomMessages(seed);
    String mapName = messages.mapName();
    Message<String> message = messages.next();
    byte[] frame = Frames.encode(mapName, message);
    assertThat(Frames.header(frame).mapName()).isEqualTo(mapName);
    assertThat(Frames.header(frame).type()).isEqualTo(MessageType.of(message));
    Frames.assertSame(Frames.decode(frame), message);
  }

  @Property(tries = 500)
  void equalMessagesHaveEqualBytesAlsoFromAUsedEncoder(@ForAll long seed) {
    FrameEncoder used = new FrameEncoder();
    used.encode("other", new RandomMessages(~seed).next());
    byte[] frame = used.encode("m", new RandomMessages(seed).next());
    assertThat(frame).isEqualTo(Frames.encode("m", new RandomMessages(seed).next()));
    assertThat(Frames.encode("m", Frames.decode(frame))).isEqualTo(frame);
  }

  @Test
  void anEntryOfABatchCostsAtMost12BytesBeyondKeyAndValue() {
    Random random = new Random(1);
    UUID origin = new UUID(random.nextLong(), random.nextLong());
    long previous = HybridTime.ofMillis(1_800_000_000_000L);
    long last = HybridTime.ofMillis(1_800_000_002_000L);
    List<Entry<String>> entries = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      entries.add(entry(i, previous + 1 + random.nextLong(last - previous), origin));
    }
    Message<String> batch = new Message.Batch<>(origin, "node-1", previous, last, entries);
    assertThat(overheadBytesPerEntry(batch, entries)).isLessThanOrEqualTo(12);
  }

  @Test
  void anEntryOfATransferCostsAtMost16BytesBeyondKeyAndValue() {
    Random random = new Random(1);
    long yearMillis = 365L * 24 * 3600 * 1000;
    List<UUID> origins = random.longs(200).mapToObj(high -> new UUID(high, 1)).toList();
    List<Entry<String>> entries = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      long wallMillis = 1_800_000_000_000L - random.nextLong(yearMillis);
      entries.add(entry(i, HybridTime.ofMillis(wallMillis) + 1, origins.get(i % 200)));
    }
    Message<String> chunk = new Message.Chunk<>(1, 1, false, null, entries);
    assertThat(overheadBytesPerEntry(chunk, entries) - 16 * 200 / 1000.0).isLessThanOrEqualTo(16);
  }

  private static Entry<String> entry(int i, long time, UUID origin) {
    String key = "key-" + i;
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] value = new byte[i % 300];
    return new Entry<>(key, keyBytes, value, time, origin, Entry.NEVER);
  }

  private static double overheadBytesPerEntry(
      Message<String> message, List<Entry<String>> entries) {
    int contentBytes =
        entries.stream().mapToInt(e -> e.keyBytes().length + e.valueBytes().length).sum();
    return (Frames.encode("flags", message).length - contentBytes) / (double) entries.size();
  }
}
