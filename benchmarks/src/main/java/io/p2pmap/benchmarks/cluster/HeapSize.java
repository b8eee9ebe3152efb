package io.p2pmap.benchmarks.cluster;

import io.p2pmap.benchmarks.systems.MemberMap;
import java.lang.management.ManagementFactory;

/** What entries cost on the heap of a member that holds nothing else. */
final class HeapSize {

  private final MemberMap map;

  HeapSize(MemberMap map) {
    this.map = map;
  }

  Answer measure(int count, boolean isRead) throws InterruptedException {
    long before = used();
    for (int i = 0; i < count; i++) {
      map.put(Entries.key(i), Entries.value(i)); // strings of their own, as decoded ones are
    }
    map.flush();
    long read = 0;
    for (int i = 0; isRead && i < count; i++) {
      read += String.valueOf(map.get(Entries.key(i))).length();
    }
    return Answer.of("bytes", (used() - before) / count, "read", read);
  }

  /** Bytes in use when nothing is left to be collected. */
  static long used() throws InterruptedException {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(200);
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }
}
