package io.p2pmap.discovery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as texts: {@code 10.0.0.7:7800} and {@code [fd00::7]:7800}, never names. */
final class AddressText {

  private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}):(\\d{1,5})");
  private static final Pattern IPV6 =
      Pattern.compile("\\[([0-9a-fA-F.]*:[0-9a-fA-F:.]*)]:(\\d{1,5})");
  private static final int MAX_PORT = 65_535;

  private AddressText() {}

  static String of(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    int zone = host.indexOf('%'); // means something on this machine only
    String plain = zone < 0 ? host : host.substring(0, zone);
    return (plain.contains(":") ? "[" + plain + "]" : plain) + ":" + address.getPort();
  }

  /** What {@link #of} gave; empty for anything else, and without asking a name server. */
  static Optional<InetSocketAddress> parse(String text) {
    Matcher matcher = (text.startsWith("[") ? IPV6 : IPV4).matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(2));
    if (port < 1 || port > MAX_PORT) {
      return Optional.empty();
    }
    try {
      return Optional.of(new InetSocketAddress(InetAddress.getByName(matcher.group(1)), port));
    } catch (UnknownHostException e) {
      return Optional.empty(); // 300.1.1.1, or :::
    }
  }
}
