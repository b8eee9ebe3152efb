package io.p2pmap;

import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.memory.MemoryNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Nodes in this JVM on an in-memory network, closed together. */
final class MemoryCluster implements AutoCloseable {

  private final MemoryNetwork network = new MemoryNetwork();
  private final List<ReplicatedMaps> nodes = new ArrayList<>();
  private final Map<String, UUID> incarnations = new HashMap<>();

  /** A node that is not started. */
  ReplicatedMaps node(String name) {
    return node(name, UnaryOperator.identity());
  }

  ReplicatedMaps node(String name, UnaryOperator<ReplicatedMaps.Builder> customizer) {
    ReplicatedMaps.Builder builder =
        ReplicatedMaps.builder()
            .nodeName(name)
            .syncInterval(Duration.ofMillis(200))
            .transport(this::transport);
    ReplicatedMaps node = customizer.apply(builder).build();
    nodes.add(node);
    return node;
  }

  ReplicatedMaps started(String name) {
    ReplicatedMaps node = node(name);
    node.start();
    return node;
  }

  private Transport transport(NodeSettings settings, UUID incarnation) {
    incarnations.put(settings.nodeName(), incarnation);
    return network.transport(incarnation, settings.nodeName(), 1, 1);
  }

  void cut(String one, String other) {
    network.cut(incarnations.get(one), incarnations.get(other));
  }

  void heal() {
    network.heal();
  }

  @Override
  public void close() {
    nodes.forEach(ReplicatedMaps::close);
  }
}
