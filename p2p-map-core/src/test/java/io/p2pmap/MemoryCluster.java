package io.p2pmap;

import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportHandler;
import io.p2pmap.internal.transport.View;
import io.p2pmap.internal.transport.memory.MemoryNetwork;
import io.p2pmap.internal.transport.memory.NamedNetworks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Nodes in this JVM on an in-memory network, closed together. Users have {@code TestCluster} of
 * p2p-map-test, which depends on this module.
 */
final class MemoryCluster implements AutoCloseable {

  private final String clusterName = UUID.randomUUID().toString();
  private final MemoryNetwork network = NamedNetworks.named(clusterName);
  private final List<ReplicatedMaps> nodes = new ArrayList<>();
  private final Map<String, ReplicatedMaps> named = new ConcurrentHashMap<>();
  private final List<Transport> strangers = new ArrayList<>();

  /** A node that is not started. */
  ReplicatedMaps node(String name) {
    return node(name, UnaryOperator.identity());
  }

  ReplicatedMaps node(String name, UnaryOperator<ReplicatedMaps.Builder> customizer) {
    ReplicatedMaps.Builder builder =
        ReplicatedMaps.builder()
            .inMemory(true)
            .clusterName(clusterName)
            .nodeName(name)
            .syncInterval(Duration.ofMillis(200));
    ReplicatedMaps node = customizer.apply(builder).build();
    nodes.add(node);
    named.put(name, node);
    return node;
  }

  ReplicatedMaps started(String name) {
    ReplicatedMaps node = node(name);
    node.start();
    return node;
  }

  /** The last node of this name. */
  ReplicatedMaps find(String name) {
    return named.get(name);
  }

  /** A member that hosts no map and sends what the test tells it to. */
  Transport stranger() {
    Transport transport = network.transport(UUID.randomUUID(), "stranger", 1, 1);
    transport.start(
        new TransportHandler() {
          @Override
          public void onView(View view) {}

          @Override
          public void onFrame(UUID sender, byte[] frame) {}
        });
    strangers.add(transport);
    return transport;
  }

  void cut(String one, String other) {
    network.cut(one, other);
  }

  /** Keeps what one node sends to another until {@link #heal}. */
  void hold(String from, String to) {
    network.hold(from, to);
  }

  /** Loses what one node sends to another, and nobody is told. */
  void silence(String from, String to) {
    network.cutOneWay(from, to);
  }

  /** Ends a node without its doing; its threads go on until it is closed. */
  void crash(String name) {
    network.crash(UUID.fromString(find(name).members().get(0).id()));
  }

  void heal() {
    network.heal();
  }

  @Override
  public void close() {
    strangers.forEach(Transport::close);
    nodes.forEach(ReplicatedMaps::close);
  }
}
