package io.p2pmap.cluster;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Nodes of one cluster in this process, over real sockets: for what has to share a clock. */
final class LocalNodes implements AutoCloseable {

  static final MapSpec<String, String> MAP = MapSpec.of("plain", String.class, String.class);

  static final int PORTS = 10;

  private final String clusterName = "test-" + UUID.randomUUID();
  private final int firstPort = Ports.firstOfFree(PORTS);
  private final List<ReplicatedMaps> nodes = new ArrayList<>();

  /** Starts {@code count} nodes that have found each other, with {@link #MAP} open. */
  static LocalNodes start(int count) {
    LocalNodes local = new LocalNodes();
    for (int i = 0; i < count; i++) {
      ReplicatedMaps node = local.create("local-" + i);
      node.open(MAP);
      node.start();
      local.nodes.add(node);
    }
    return local;
  }

  /** A node of this cluster that is not started, to be closed by the caller. */
  ReplicatedMaps create(String name) {
    return builder(name).build();
  }

  ReplicatedMaps.Builder builder(String name) {
    return ReplicatedMaps.builder()
        .clusterName(clusterName)
        .nodeName(name)
        .bindPort(firstPort)
        .portRange(PORTS - 1)
        .syncInterval(Duration.ofSeconds(1));
  }

  ReplicatedMaps node(int index) {
    return nodes.get(index);
  }

  /** {@link #MAP} on a node. */
  ReplicatedMap<String, String> map(int index) {
    return nodes.get(index).open(MAP);
  }

  String clusterName() {
    return clusterName;
  }

  int firstPort() {
    return firstPort;
  }

  @Override
  public void close() {
    nodes.forEach(ReplicatedMaps::close);
  }
}
