package io.p2pmap.benchmarks.systems;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a member is: its number in its cluster, on consecutive ports of the loopback address.
 *
 * @param cluster name of the cluster
 * @param firstPort port of member 0
 * @param members how many there may be
 * @param index number of this one
 */
public record Place(String cluster, int firstPort, int members, int index) {

  int port() {
    return firstPort + index;
  }

  static InetAddress address() {
    return InetAddress.getLoopbackAddress();
  }

  List<InetSocketAddress> all() {
    return IntStream.range(firstPort, firstPort + members)
        .mapToObj(port -> new InetSocketAddress(address(), port))
        .toList();
  }
}
