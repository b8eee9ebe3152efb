package io.p2pmap.discovery;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Discovery by a fixed list. Names are looked up each time, because a host that is not there yet
 * may come, and a returning one may have another address. The JVM caches what it looked up, by
 * default for 30 seconds ({@code networkaddress.cache.ttl}).
 */
record FixedHosts(List<InetSocketAddress> hosts) implements Discovery {

  @Override
  public Collection<InetSocketAddress> candidates() {
    return hosts.stream()
        .map(host -> new InetSocketAddress(host.getHostString(), host.getPort()))
        .filter(host -> !host.isUnresolved())
        .toList();
  }

  @Override
  public String description() {
    return hosts.stream()
        .map(host -> host.getHostString() + ":" + host.getPort())
        .collect(Collectors.joining(", ", "the list [", "]"));
  }
}
