package io.p2pmap.spring.autoconfigure;

import java.net.InetSocketAddress;

/**
 * Reads {@code host}, {@code host:port}, {@code [IPv6]} and {@code [IPv6]:port} from a property.
 */
final class HostAndPort {

  private final String property;
  private final int defaultPort;

  HostAndPort(String property, int defaultPort) {
    this.property = property;
    this.defaultPort = defaultPort;
  }

  /** An address whose name was not looked up. */
  InetSocketAddress parse(String text) {
    String member = text.strip();
    int colon = member.lastIndexOf(':');
    boolean hasPort = colon > member.lastIndexOf(']') && colon == indexOfPortColon(member);
    String host = hasPort ? member.substring(0, colon) : member;
    int port = hasPort ? parsePort(text, member.substring(colon + 1)) : defaultPort;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw invalid(text);
    }
    return InetSocketAddress.createUnresolved(host, port);
  }

  /** An IPv6 address without brackets has more colons than one, none of them before a port. */
  private static int indexOfPortColon(String member) {
    return member.startsWith("[") ? member.lastIndexOf(':') : member.indexOf(':');
  }

  private int parsePort(String text, String port) {
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException ex) {
      throw invalid(text);
    }
  }

  private InvalidSettingException invalid(String text) {
    return new InvalidSettingException(
        "'%s' in property '%s' is not an address with a port.".formatted(text, property),
        "Write it as host:port, for example 10.0.0.7:7800 or [fd00::7]:7800.");
  }
}
