package io.p2pmap.discovery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Discovery by DNS; see {@link Discovery#dns}. */
record DnsRecords(String query, int port, DnsClient client) implements Discovery {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");

  /** More are left out: each costs two queries. */
  private static final int MAX_SERVICES = 100;

  DnsRecords {
    if (!NAME.matcher(query).matches()) {
      throw new IllegalArgumentException("'%s' is no name in the DNS".formatted(query));
    }
  }

  @Override
  public Collection<InetSocketAddress> candidates() {
    return isService() ? services() : hosts(query, port);
  }

  @Override
  public String description() {
    return "the %s records of %s in the DNS".formatted(isService() ? "SRV" : "address", query);
  }

  /** The names of services, and only these, start with an underscore (RFC 2782). */
  private boolean isService() {
    return query.startsWith("_");
  }

  private List<InetSocketAddress> services() {
    List<InetSocketAddress> services = new ArrayList<>();
    client.records(query, "SRV").stream()
        .limit(MAX_SERVICES)
        .map(record -> record.split(" ")) // priority, weight, port, target
        .filter(fields -> fields.length == 4)
        .forEach(fields -> services.addAll(hosts(fields[3], Integer.parseInt(fields[2]))));
    return services;
  }

  private List<InetSocketAddress> hosts(String name, int port) {
    List<InetSocketAddress> hosts = new ArrayList<>();
    for (String type : List.of("A", "AAAA")) {
      for (String address : client.records(name, type)) {
        hosts.add(new InetSocketAddress(literal(address), port));
      }
    }
    return hosts;
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Not an address in the DNS: " + address, e);
    }
  }
}
