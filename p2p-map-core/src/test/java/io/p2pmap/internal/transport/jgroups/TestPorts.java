package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.discovery.Discovery;
import io.p2pmap.internal.transport.RecordingHandler;
import io.p2pmap.internal.transport.TestNode;
import java.net.InetAddress;
import java.util.UUID;

/** A cluster name and a range of loopback ports that no other test uses. */
record TestPorts(String clusterName, int first, int range) {

  static TestPorts unused(int range) {
    return new TestPorts("test-" + UUID.randomUUID(), FreePorts.first(range + 1), range);
  }

  JGroupsSettings settings(String nodeName) {
    return settings(nodeName, null);
  }

  JGroupsSettings settings(String nodeName, Discovery discovery) {
    return new JGroupsSettings(
        clusterName,
        nodeName,
        UUID.randomUUID(),
        InetAddress.getLoopbackAddress(),
        first,
        range,
        discovery,
        TestNode.MIN_WIRE,
        TestNode.MAX_WIRE);
  }

  TestNode node(String name) {
    return node(settings(name));
  }

  TestNode node(String name, Discovery discovery) {
    return node(settings(name, discovery));
  }

  private static TestNode node(JGroupsSettings settings) {
    return new TestNode(
        settings.incarnation(),
        settings.nodeName(),
        new JGroupsTransport(settings),
        new RecordingHandler());
  }
}
