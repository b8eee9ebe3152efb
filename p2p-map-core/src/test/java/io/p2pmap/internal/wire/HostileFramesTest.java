package io.p2pmap.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.p2pmap.internal.codec.MalformedBytesException;
import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.wire.RawFields.Field;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileFramesTest {

  private static final int FRAMES = Fuzzing.cases(100_000);

  /** Until then, classes are loaded and messages of exceptions formatted for the first time. */
  private static final int WARM_UP_FRAMES = 20_000;

  private static final int MAX_ALLOCATED_PER_BYTE = 64;
  private static final int MAX_ALLOCATED_BYTES = 30_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private enum Outcome {
    VALID,
    UNKNOWN,
    MALFORMED
  }

  static LongStream seeds() {
    return LongStream.of(Fuzzing.seed(), Fuzzing.seed() + 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void hostileBytesAreMalformedOrAMessageAndAllocateLittle(long seed) {
    Random random = new Random(seed);
    List<byte[]> frames = frames(random);
    int[] outcomes = new int[Outcome.values().length];
    for (int i = 0; i < FRAMES; i++) {
      byte[] frame = frames.get(random.nextInt(frames.size()));
      byte[] hostile =
          random.nextBoolean() ? Mutation.mutate(frame, random) : mutateField(frame, random);
      outcomes[decode(hostile, i > WARM_UP_FRAMES).ordinal()]++;
    }
    assertThat(outcomes).as("valid, unknown, malformed").doesNotContain(0);
  }

  private static List<byte[]> frames(Random random) {
    List<byte[]> frames = new ArrayList<>();
    while (frames.size() < 1000) {
      RandomMessages messages = new RandomMessages(random.nextLong());
      frames.add(Frames.encode(messages.mapName(), messages.next()));
    }
    return frames;
  }

  /** Mutates within one field and puts the right length before it, to get deeper. */
  private static byte[] mutateField(byte[] frame, Random random) {
    List<Field> fields = RawFields.of(frame);
    if (!fields.isEmpty()) {
      int position = random.nextInt(fields.size());
      Field field = fields.get(position);
      byte[] contents = Mutation.mutate(field.contents(), random);
      fields.set(position, new Field(field.number(), contents));
    }
    return RawFields.replace(frame, fields);
  }

  private Outcome decode(byte[] frame, boolean isMeasured) {
    try {
      long before = threads.getCurrentThreadAllocatedBytes();
      Outcome outcome = decode(frame);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      if (isMeasured && allocated > MAX_ALLOCATED_BYTES + MAX_ALLOCATED_PER_BYTE * frame.length) {
        throw new IllegalStateException(allocated + " bytes allocated");
      }
      return outcome;
    } catch (RuntimeException e) {
      throw new AssertionError("Frame " + HexFormat.of().formatHex(frame), e);
    }
  }

  private static Outcome decode(byte[] frame) {
    try {
      if (FrameHeader.read(frame) instanceof FrameHeader.Unknown) {
        return Outcome.UNKNOWN;
      }
      Message<String> message = Frames.decode(frame);
      Frames.encode("m", message); // what is accepted can be passed on
      return Outcome.VALID;
    } catch (MalformedBytesException e) {
      return Outcome.MALFORMED;
    }
  }
}
