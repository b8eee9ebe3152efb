package io.p2pmap.benchmarks.local;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
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
import org.openjdk.jmh.annotations.TearDown;

/** Writes over 100,000 entries on a lone node that has started, with and without a listener. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WriteBenchmark {

  private static final int ENTRIES = 100_000;

  /** Number of listeners. */
  @Param({"0", "1"})
  public int listeners;

  private final ConcurrentHashMap<String, String> plain = new ConcurrentHashMap<>();
  private final ReplicatedMaps node =
      ReplicatedMaps.builder().bindPort(23_000).portRange(50).clusterName("writes").build();
  private final ReplicatedMap<String, String> map =
      node.open(MapSpec.of("writes", String.class, String.class));
  private final String[] keys = new String[ENTRIES];
  private final String[] values = {"x".repeat(100), "y".repeat(100)};
  private long next;
  private long heard;

  /** Starts the node, and fills both maps. */
  @Setup
  public void start() {
    for (int i = 0; i < listeners; i++) {
      map.subscribe(event -> heard++);
    }
    node.start();
    for (int i = 0; i < ENTRIES; i++) {
      keys[i] = "key-%012d".formatted(i);
      map.put(keys[i], values[0]);
      plain.put(keys[i], values[0]);
    }
  }

  /** Ends the node. */
  @TearDown
  public void close() {
    node.close();
  }

  private String key() {
    return keys[(int) (++next % ENTRIES)];
  }

  private String value() {
    return values[(int) (next / ENTRIES & 1)];
  }

  /** This library. */
  @Benchmark
  public void put() {
    map.put(key(), value());
  }

  /** A hash map. */
  @Benchmark
  public @Nullable String putOfConcurrentHashMap() {
    return plain.put(key(), value());
  }

  /** This library; every removal after a put. */
  @Benchmark
  public boolean putAndRemove() {
    String key = key();
    map.put(key, value());
    return map.remove(key);
  }
}
