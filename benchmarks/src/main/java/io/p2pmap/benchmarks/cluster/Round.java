package io.p2pmap.benchmarks.cluster;

import io.p2pmap.benchmarks.systems.MemberMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One round of the throughput work: every writer writes its part of the keys with the round's
 * value, as fast as it can, and every member waits until it holds all of it.
 *
 * @param number makes the value
 * @param count how many entries all writers write together
 * @param writers members 0 to this one (exclusive) write
 */
record Round(long number, int count, int writers) {

  private static final int STRIDE = 16;
  private static final long POLL_NANOS = 50_000;
  private static final long GIVE_UP_NANOS = 120_000_000_000L;

  private static String key(int number) {
    return Entries.KEYS.get(number);
  }

  private int first(int writer) {
    return (int) ((long) count * writer / writers);
  }

  /** Writes the part of {@code writer}; the time of every call goes into {@code calls}. */
  void write(MemberMap map, int writer, Latencies calls) {
    String value = Entries.value(number);
    int end = first(writer + 1);
    long before = System.nanoTime();
    for (int i = first(writer); i < end; i++) {
      map.put(key(i), value);
      long after = System.nanoTime();
      calls.add(after - before);
      before = after;
    }
    map.flush();
  }

  /** Waits for the last entry of each writer; returns when that was seen. */
  long awaitLast(MemberMap map) {
    for (int writer = 0; writer < writers; writer++) {
      await(map, key(first(writer + 1) - 1), Entries.value(number));
    }
    return System.nanoTime();
  }

  /**
   * Waits for every 16th of the others, too, which mostly are there. Returns when the last one was
   * seen that was not, or zero.
   */
  long awaitRest(MemberMap map) {
    String value = Entries.value(number);
    long seen = 0;
    for (int i = (int) (number % STRIDE); i < count; i += STRIDE) {
      if (!value.equals(map.get(key(i)))) {
        await(map, key(i), value);
        seen = System.nanoTime();
      }
    }
    return seen;
  }

  private static void await(MemberMap map, String key, String value) {
    long giveUp = System.nanoTime() + GIVE_UP_NANOS;
    while (!value.equals(map.get(key))) {
      if (System.nanoTime() - giveUp > 0) {
        throw new IllegalStateException("%s does not arrive".formatted(key));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
