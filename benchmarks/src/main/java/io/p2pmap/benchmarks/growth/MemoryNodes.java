package io.p2pmap.benchmarks.growth;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Nodes of one cluster in this process, without sockets, each with one map of strings. */
final class MemoryNodes implements AutoCloseable {

  private static final AtomicInteger CLUSTERS = new AtomicInteger();

  private final List<ReplicatedMaps> nodes = new ArrayList<>();
  private final List<ReplicatedMap<String, String>> maps = new ArrayList<>();

  /** Starts so many nodes. */
  MemoryNodes(int count) {
    String cluster = "growth-" + CLUSTERS.incrementAndGet();
    for (int i = 0; i < count; i++) {
      ReplicatedMaps node =
          ReplicatedMaps.builder()
              .nodeName("node-" + i)
              .syncInterval(Duration.ofSeconds(1))
              .inMemory(true)
              .clusterName(cluster)
              .build();
      maps.add(node.open(MapSpec.of("growth", String.class, String.class).maxValueBytes(2 << 20)));
      node.start();
      nodes.add(node);
    }
  }

  /** The map of each node. */
  List<ReplicatedMap<String, String>> maps() {
    return maps;
  }

  @Override
  public void close() {
    nodes.parallelStream().forEach(ReplicatedMaps::close);
  }
}
