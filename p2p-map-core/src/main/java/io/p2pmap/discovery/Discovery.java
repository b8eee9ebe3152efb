package io.p2pmap.discovery;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Says where other nodes of a cluster may be. It finds addresses, not members: whoever listens at
 * one of them is asked, and must pass every check of the transport. An object serves one node.
 *
 * <p>Threading: any thread, several at a time, also after {@link #close}.
 */
@FunctionalInterface
public interface Discovery extends AutoCloseable {

  /**
   * Where other nodes may be now; this node's own address may be among them. Asked for each attempt
   * to join and every second or two after that, so the answer may change. May block, and may fail:
   * then the last answer is used again.
   */
  Collection<InetSocketAddress> candidates();

  /**
   * Makes this node known, if nodes have to make themselves known. Called once, after the node is
   * bound and before it looks for others.
   *
   * @throws IllegalStateException if it can't work as it is set up; the node then doesn't start
   */
  default void announce(String clusterName, InetSocketAddress self) {}

  /** How it finds nodes, to follow "looks for others by" in a log. */
  default String description() {
    return "the application's own list";
  }

  /** Takes back what was announced, and ends every thread and socket. */
  @Override
  default void close() {}

  /** Finds nobody. */
  static Discovery none() {
    return new FixedHosts(List.of());
  }

  /** Known hosts. Their names are looked up again each time. */
  static Discovery hosts(Collection<InetSocketAddress> hosts) {
    return new FixedHosts(List.copyOf(hosts));
  }

  /**
   * DNS records: of type SRV, which say the port, if {@code query} is the name of a service such as
   * {@code _p2pmap._tcp.shop.example}; else of the types A and AAAA.
   *
   * @param query a fully qualified name
   * @param port port of every node, unless the records say it
   * @param server name server to ask; null asks those of the machine
   * @throws IllegalStateException if the Java runtime lacks the module jdk.naming.dns
   */
  static Discovery dns(String query, int port, @Nullable InetSocketAddress server) {
    return new DnsRecords(query, port, new DnsClient(server));
  }

  /**
   * UDP multicasts on the network interface of the node's address.
   *
   * @param group group and port, equal on all nodes
   * @throws IllegalArgumentException if that is no multicast address
   */
  static Discovery multicast(InetSocketAddress group) {
    return new Multicast(group);
  }

  /**
   * A table of a database that all nodes use; created if it is missing.
   *
   * @param table its name, perhaps with a schema
   * @throws IllegalArgumentException if that is no plain name
   */
  static Discovery jdbc(DataSource dataSource, String table) {
    return new Registered(new TableRegistry(dataSource, table));
  }

  /** A folder that all nodes can write to; created if it is missing. */
  static Discovery folder(Path folder) {
    return new Registered(new FolderRegistry(folder));
  }
}
