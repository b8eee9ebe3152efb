package io.p2pmap.cluster;

import static org.awaitility.Awaitility.await;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Nodes of one cluster in this process, over real sockets: for what has to share a clock. */
final class LocalNodes implements AutoCloseable {

  static final MapSpec<String, String> MAP = MapSpec.of("plain", String.class, String.class);

  static final int PORTS = 10;

  private final String clusterName = "test-" + UUID.randomUUID();
  private final int firstPort = Ports.firstOfFree(PORTS);
  private final List<ReplicatedMaps> nodes = new CopyOnWriteArrayList<>();

  /** Starts {@code count} nodes that have found each other, with {@link #MAP} open. */
  static LocalNodes start(int count) {
    return start(count, UnaryOperator.identity());
  }

  /** Starts {@code count} nodes, each configured by {@code settings}. */
  static LocalNodes start(int count, UnaryOperator<ReplicatedMaps.Builder> settings) {
    LocalNodes local = new LocalNodes();
    for (int i = 0; i < count; i++) {
      ReplicatedMaps node = settings.apply(local.builder("local-" + i)).build();
      node.open(MAP);
      node.start();
      local.nodes.add(node);
    }
    await().until(() -> local.nodes.stream().allMatch(node -> node.members().size() == count));
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

  /** Closes a node and starts another one in its place. */
  void replace(int index, UnaryOperator<ReplicatedMaps.Builder> settings) {
    nodes.get(index).close();
    ReplicatedMaps node = settings.apply(builder("local-" + index)).build();
    node.open(MAP);
    node.start();
    nodes.set(index, node);
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
