package io.p2pmap.internal.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Feeds a decoder with mutations of valid bytes, and sees to it that it answers each with a result
 * or with the one exception that it is allowed, and allocates no more than the bytes are worth. The
 * number of cases is {@code -Dfuzz.cases}, the seed {@code -Dseed}; both have defaults.
 */
public final class Fuzzing {

  /** Until then, classes are loaded and messages of exceptions formatted for the first time. */
  private static final int WARM_UP_CASES = 5_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Class<? extends RuntimeException> refusal;
  private final int allocatedBytes;
  private final int allocatedPerByte;
  private int accepted;
  private int refused;

  /**
   * Creates a fuzzer.
   *
   * @param refusal what the decoder throws for what it does not accept
   * @param allocatedBytes how many bytes it may allocate in any case
   * @param allocatedPerByte how many more it may allocate for each byte
   */
  public Fuzzing(
      Class<? extends RuntimeException> refusal, int allocatedBytes, int allocatedPerByte) {
    this.refusal = refusal;
    this.allocatedBytes = allocatedBytes;
    this.allocatedPerByte = allocatedPerByte;
  }

  /** How many cases a test of a part of the decoders runs. */
  public static int cases(int byDefault) {
    return Integer.getInteger("fuzz.cases", byDefault);
  }

  /** The seed; a failure tells it. */
  public static long seed() {
    return Long.getLong("seed", 1);
  }

  /** Runs the cases; {@code decoder} must accept all of {@code samples}. */
  public void run(int cases, List<byte[]> samples, Function<byte[], ?> decoder) {
    Random random = new Random(seed());
    samples.forEach(decoder::apply);
    for (int i = 0; i < cases; i++) {
      byte[] sample = samples.get(random.nextInt(samples.size()));
      decode(Mutation.mutate(sample, random), decoder, i > WARM_UP_CASES);
    }
  }

  private void decode(byte[] bytes, Function<byte[], ?> decoder, boolean isMeasured) {
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      decoder.apply(bytes);
      accepted++;
    } catch (Throwable e) {
      if (!refusal.isInstance(e)) {
        throw new AssertionError("Bytes " + HexFormat.of().formatHex(bytes), e);
      }
      refused++;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    if (isMeasured && allocated > allocatedBytes + (long) allocatedPerByte * bytes.length) {
      throw new AssertionError(
          "%d bytes allocated for %s".formatted(allocated, HexFormat.of().formatHex(bytes)));
    }
  }

  /** How many cases were accepted. */
  public int accepted() {
    return accepted;
  }

  /** How many cases were refused. */
  public int refused() {
    return refused;
  }
}
