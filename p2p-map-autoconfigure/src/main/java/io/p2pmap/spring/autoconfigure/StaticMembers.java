package io.p2pmap.spring.autoconfigure;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Discovery by a fixed list of addresses. Names are looked up at every attempt, because a host that
 * is not there yet may come, and a returning one may have another address.
 */
final class StaticMembers implements Supplier<Collection<InetSocketAddress>> {

  private static final String PROPERTY = "p2pmap.discovery.static.members";

  private final List<InetSocketAddress> members;

  private StaticMembers(List<InetSocketAddress> members) {
    this.members = members;
  }

  /** Parses {@code host}, {@code host:port}, {@code [IPv6]} and {@code [IPv6]:port}. */
  static StaticMembers of(List<String> members, int defaultPort) {
    if (members.isEmpty()) {
      throw new InvalidSettingException(
          "Property 'p2pmap.discovery.type' is 'static', but '%s' is empty.".formatted(PROPERTY),
          "List at least one address as host:port, or choose another type of discovery.");
    }
    return new StaticMembers(members.stream().map(text -> parse(text, defaultPort)).toList());
  }

  @Override
  public Collection<InetSocketAddress> get() {
    return members.stream()
        .map(member -> new InetSocketAddress(member.getHostString(), member.getPort()))
        .filter(member -> !member.isUnresolved())
        .toList();
  }

  private static InetSocketAddress parse(String text, int defaultPort) {
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

  private static int parsePort(String text, String port) {
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException ex) {
      throw invalid(text);
    }
  }

  private static InvalidSettingException invalid(String text) {
    return new InvalidSettingException(
        "'%s' in property '%s' is not an address with a port.".formatted(text, PROPERTY),
        "Write it as host:port, for example 10.0.0.7:7800 or [fd00::7]:7800.");
  }
}
