package io.p2pmap.cluster;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses from the texts in which they travel to a process. */
final class Addresses {

  private Addresses() {}

  static InetAddress of(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(host, e);
    }
  }

  /** {@code host:port}; a name is not looked up. */
  static InetSocketAddress unresolved(String text) {
    int colon = text.lastIndexOf(':');
    return InetSocketAddress.createUnresolved(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  static InetSocketAddress resolved(String text) {
    InetSocketAddress address = unresolved(text);
    return new InetSocketAddress(address.getHostString(), address.getPort());
  }
}
