package io.p2pmap.benchmarks.cluster;

import io.p2pmap.benchmarks.systems.MemberMap;
import java.util.List;

/** One write in flight: how long until every other member of this process shows it. */
final class Visibility {

  private static final String KEY = "visibility";
  private static final long GIVE_UP_NANOS = 10_000_000_000L;

  private final MemberMap writer;
  private final List<MemberMap> others;
  private long number = System.nanoTime();
  private int ownMisses;

  Visibility(List<MemberMap> members) {
    this.writer = members.get(0);
    this.others = members.subList(1, members.size());
  }

  Answer measure(int samples) throws InterruptedException {
    for (int i = 0; i < samples / 2; i++) {
      sample();
    }
    ownMisses = 0;
    Latencies times = new Latencies(samples);
    for (int i = 0; i < samples; i++) {
      times.add(sample());
      if (i % 16 == 0) {
        Thread.sleep(1); // not in step with anything periodic
      }
    }
    times.sort();
    return Answer.of(
        "p50", times.at(0.5), "p90", times.at(0.9), "p99", times.at(0.99), "misses", ownMisses);
  }

  private long sample() {
    String value = Entries.value(++number);
    long start = System.nanoTime();
    writer.put(KEY, value);
    writer.flush();
    if (!value.equals(writer.get(KEY))) {
      ownMisses++;
    }
    for (MemberMap other : others) {
      while (!value.equals(other.get(KEY))) {
        if (System.nanoTime() - start > GIVE_UP_NANOS) {
          throw new IllegalStateException("A write was not seen within ten seconds");
        }
        Thread.yield();
      }
    }
    return System.nanoTime() - start;
  }
}
