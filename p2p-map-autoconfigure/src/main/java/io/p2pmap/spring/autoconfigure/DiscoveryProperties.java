package io.p2pmap.spring.autoconfigure;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Where to look for other nodes.
 *
 * @param type Way to find other nodes.
 * @param staticMembers Nodes that are known by their addresses.
 * @param dns Nodes that the DNS knows.
 * @param multicast Nodes on the same network.
 * @param jdbc Nodes that share a database.
 * @param serviceRegistry Nodes that a Spring Cloud service registry knows.
 * @param file Nodes that share a folder.
 */
public record DiscoveryProperties(
    @DefaultValue("local") Type type,
    @Name("static") @DefaultValue StaticDiscovery staticMembers,
    @DefaultValue DnsDiscovery dns,
    @DefaultValue MulticastDiscovery multicast,
    @DefaultValue JdbcDiscovery jdbc,
    @DefaultValue ServiceRegistryDiscovery serviceRegistry,
    @DefaultValue FileDiscovery file) {

  /** Way to find other nodes. */
  public enum Type {
    /** Nodes on this host, by their port range. */
    LOCAL,
    /** Nodes whose addresses are listed. */
    STATIC,
    /** Nodes that have records in the DNS, such as the pods of a headless Kubernetes service. */
    DNS,
    /** Nodes on the same network, by UDP multicasts. */
    MULTICAST,
    /** Nodes that write their address to a table of the application's database. */
    JDBC,
    /** Instances of the service in a Spring Cloud service registry. */
    SERVICE_REGISTRY,
    /** Nodes that write their address to a shared folder. */
    FILE,
    /** No other nodes. */
    NONE
  }

  /**
   * Nodes that are known by their addresses.
   *
   * @param members Addresses of some or all nodes, as 'host:port', or 'host' for the port of
   *     'p2pmap.bind-port'. Used if the discovery type is 'static'.
   */
  public record StaticDiscovery(@DefaultValue List<String> members) {

    public StaticDiscovery {
      members = List.copyOf(members);
    }
  }

  /**
   * Nodes that the DNS knows.
   *
   * @param query Fully qualified name whose A and AAAA records are the nodes, or whose SRV records
   *     are if it begins with '_'. Required if the discovery type is 'dns'.
   * @param port Port of every node, unless SRV records say it. Uses 'p2pmap.bind-port' if not set.
   * @param server Name server to ask, as 'host:port' or 'host'. Uses those of the machine if not
   *     set.
   */
  public record DnsDiscovery(
      @Nullable String query, @Nullable Integer port, @Nullable String server) {}

  /**
   * Nodes on the same network.
   *
   * @param group Multicast address, equal on all nodes. Uses 239.255.80.50, or ff02::5032 if the
   *     bind address is an IPv6 address, if not set.
   * @param port UDP port, equal on all nodes.
   */
  public record MulticastDiscovery(@Nullable InetAddress group, @DefaultValue("7799") int port) {}

  /**
   * Nodes that share a database.
   *
   * @param dataSource Name of the DataSource bean. Uses the only or primary one if not set.
   * @param table Table of the nodes' addresses, created if it is missing.
   */
  public record JdbcDiscovery(
      @Nullable String dataSource, @DefaultValue("p2pmap_node") String table) {}

  /**
   * Nodes that a Spring Cloud service registry knows.
   *
   * @param serviceId Service whose instances are the nodes. Uses 'spring.application.name' if not
   *     set.
   * @param port Port of instances whose metadata don't say it. Uses 'p2pmap.bind-port' if not set.
   * @param portMetadata Key of an instance's metadata that holds the node's port.
   */
  public record ServiceRegistryDiscovery(
      @Nullable String serviceId,
      @DefaultValue("p2pmap-port") String portMetadata,
      @Nullable Integer port) {}

  /**
   * Nodes that share a folder.
   *
   * @param directory Folder that all nodes can write to, created if it is missing. Required if the
   *     discovery type is 'file'.
   */
  public record FileDiscovery(@Nullable Path directory) {}
}
