package io.p2pmap.benchmarks.local;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reads in random order. The keys that are looked up equal the stored ones, but are other objects,
 * as they are in an application.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadBenchmark {

  private static final int LOOKUPS = 1 << 16;

  /** Number of entries. */
  @Param({"1000", "100000"})
  public int entries;

  private final ConcurrentHashMap<String, String> plain = new ConcurrentHashMap<>();
  private final ReplicatedMap<String, String> map =
      ReplicatedMaps.builder().build().open(MapSpec.of("reads", String.class, String.class));
  private final String[] lookups = new String[LOOKUPS];

  /** Position of one thread in the sequence of lookups. */
  @State(Scope.Thread)
  public static class Position {
    private int next = System.identityHashCode(this);

    int next() {
      return next++ & (LOOKUPS - 1);
    }
  }

  /** Fills both maps; every value was read once. */
  @Setup
  public void fill() {
    for (int i = 0; i < entries; i++) {
      String key = key(i);
      String value = "v".repeat(100 - key.length()) + key;
      plain.put(key, value);
      map.put(key, value);
      map.get(key);
    }
    Random random = new Random(42);
    for (int i = 0; i < LOOKUPS; i++) {
      lookups[i] = key(random.nextInt(entries));
    }
  }

  private static String key(int number) {
    return "key-%012d".formatted(number);
  }

  /** This library. */
  @Benchmark
  public @Nullable String get(Position position) {
    return map.get(lookups[position.next()]);
  }

  /** A hash map. */
  @Benchmark
  public @Nullable String getOfConcurrentHashMap(Position position) {
    return plain.get(lookups[position.next()]);
  }
}
