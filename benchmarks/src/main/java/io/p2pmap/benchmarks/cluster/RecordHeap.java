package io.p2pmap.benchmarks.cluster;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.benchmarks.systems.MapSystem;
import io.p2pmap.discovery.Discovery;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What entries cost on the heap whose values are records, all of them read: a replicated map then
 * holds the encoded value and the record.
 */
final class RecordHeap {

  /** The systems that are compared by it. */
  static final List<MapSystem> SYSTEMS = List.of(MapSystem.P2P_MAP, MapSystem.CONCURRENT_HASH_MAP);

  private static final MapSpec<String, Customer> MAP =
      MapSpec.of("customers", String.class, Customer.class);

  private RecordHeap() {}

  /** Some ninety bytes, encoded. */
  record Customer(String name, String street, String town, int points, boolean isActive) {

    static Customer number(int i) {
      return new Customer("name " + i, i + " long street", "town of " + i, i, i % 2 == 0);
    }
  }

  static Answer measure(MapSystem system, int count) throws InterruptedException {
    if (!system.isReplicated()) {
      ConcurrentHashMap<String, Customer> map = new ConcurrentHashMap<>();
      return measure(count, map::put, map::get);
    }
    try (ReplicatedMaps node = ReplicatedMaps.builder().discovery(Discovery.none()).build()) {
      ReplicatedMap<String, Customer> map = node.open(MAP);
      node.start();
      return measure(count, map::put, map::get);
    }
  }

  private static Answer measure(
      int count, BiConsumer<String, Customer> put, Function<String, @Nullable Customer> get)
      throws InterruptedException {
    long before = HeapSize.used();
    for (int i = 0; i < count; i++) {
      put.accept(Entries.key(i), Customer.number(i));
    }
    long points = 0;
    for (int i = 0; i < count; i++) {
      points += Objects.requireNonNull(get.apply(Entries.key(i))).points();
    }
    return Answer.of("bytes", (HeapSize.used() - before) / count, "read", points);
  }
}
