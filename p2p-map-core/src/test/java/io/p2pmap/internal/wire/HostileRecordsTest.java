package io.p2pmap.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.codec.MalformedBytesException;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.replication.StateDelta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records on disk of any bytes, should a checksum ever let them pass, are read or refused. */
class HostileRecordsTest {

  private static final int CASES = 50_000;
  private static final int ALLOCATED_BYTES = 40_000;
  private static final int ALLOCATED_PER_BYTE = 64;

  @Test
  void recordsOfAnyBytesAreReadOrRefused() {
    Fuzzing fuzzing =
        new Fuzzing(MalformedBytesException.class, ALLOCATED_BYTES, ALLOCATED_PER_BYTE);
    fuzzing.run(Fuzzing.cases(CASES), samples(), HostileRecordsTest::decode);
    assertThat(fuzzing.accepted()).isPositive();
    assertThat(fuzzing.refused()).isPositive();
  }

  private static StateRecord<String> decode(byte[] bytes) {
    return StateRecord.decode(bytes, key -> new String(key, StandardCharsets.UTF_8));
  }

  /** Records of what random transfers would change. */
  private static List<byte[]> samples() {
    List<byte[]> samples = new ArrayList<>();
    for (long seed = 0; samples.size() < 200; seed++) {
      if (new RandomMessages(seed).next() instanceof Message.Chunk<String> chunk
          && chunk.header() != null) {
        samples.add(new StateRecord<>(delta(chunk, chunk.header()), seed % 2 == 0).encode());
      }
    }
    return samples;
  }

  private static StateDelta<String> delta(Message.Chunk<String> chunk, Message.Header header) {
    return new StateDelta<>(
        chunk.entries(),
        chunk.entries().subList(0, chunk.entries().size() / 2),
        header.seen(),
        new VersionVector(),
        header.writers(),
        Set.of(new UUID(1, 2)),
        new UUID(3, 4));
  }
}
