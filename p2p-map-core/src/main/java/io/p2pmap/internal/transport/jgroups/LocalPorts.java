package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.discovery.Discovery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Every port that a node with these settings might have taken on one host: finds the other
 * processes of a machine with no configuration and no multicast. On the same host a free port
 * refuses at once, so asking all of them costs next to nothing.
 */
record LocalPorts(InetAddress host, int firstPort, int range) implements Discovery {

  @Override
  public List<InetSocketAddress> candidates() {
    return IntStream.rangeClosed(firstPort, firstPort + range)
        .mapToObj(port -> new InetSocketAddress(host, port))
        .toList();
  }

  @Override
  public String description() {
    return "ports %s:%d-%d".formatted(host.getHostAddress(), firstPort, firstPort + range);
  }
}
