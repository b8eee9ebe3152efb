package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Bytes that operations allocate on the caller's thread; unlike times, they hardly vary. */
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ENTRIES = 1_000;
  private static final int OPERATIONS = 100_000;
  private static final int ROUNDS = 5;

  private final ReplicatedMap<String, String> map =
      ReplicatedMaps.builder().build().open(MapSpec.of("m", String.class, String.class));
  private final String[] keys = new String[ENTRIES];
  private final String[] values = {"x".repeat(100), "y".repeat(100)};

  AllocationTest() {
    for (int i = 0; i < ENTRIES; i++) {
      keys[i] = "key-%012d".formatted(i);
      map.put(keys[i], values[0]);
      map.get(keys[i]);
    }
  }

  /** The least of some rounds, since the compiler may not be done in the first. */
  private static double bytesOf(IntConsumer operation) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < OPERATIONS; i++) {
        operation.accept(i);
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return (double) least / OPERATIONS;
  }

  @Test
  void aReadAllocatesNothing() {
    assertThat(bytesOf(i -> map.get(keys[i % ENTRIES]))).isLessThan(0.1);
  }

  @Test
  void aReadOfWhatIsNotThereAllocatesNothing() {
    assertThat(bytesOf(i -> map.get("nothing"))).isLessThan(0.1);
  }

  @Test
  void aWriteOverAnEntryAllocatesFewBytesBesideTheEntry() {
    double bytes = bytesOf(i -> map.put(keys[i % ENTRIES], values[i / ENTRIES & 1]));
    assertThat(bytes).isBetween(200.0, 800.0);
  }
}
