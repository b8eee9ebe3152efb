package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.discovery.Discovery;
import java.net.InetAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one node tells its JGroups channel.
 *
 * @param clusterName only nodes with the same name meet
 * @param incarnation random identifier of this start of the node; becomes its JGroups address
 * @param bindAddress where it listens; an address that the others can reach, so no wildcard
 * @param bindPort first port it tries
 * @param portRange how many more ports it tries after that
 * @param discovery where other nodes may be; unresolved addresses are skipped. Null: every port of
 *     this node's range, on its own address
 * @param minWireVersion lowest wire version this node reads
 * @param maxWireVersion highest wire version this node reads
 */
public record JGroupsSettings(
    String clusterName,
    String nodeName,
    UUID incarnation,
    InetAddress bindAddress,
    int bindPort,
    int portRange,
    @Nullable Discovery discovery,
    int minWireVersion,
    int maxWireVersion) {

  private static final int MAX_PORT = 65_535;

  public JGroupsSettings {
    require(!clusterName.isBlank(), "The cluster name is blank");
    require(!nodeName.isBlank(), "The node name is blank");
    require(
        !bindAddress.isAnyLocalAddress(),
        "Bind address %s is a wildcard, which the other nodes can't reach; name one address"
            .formatted(bindAddress.getHostAddress()));
    require(bindPort >= 1, "Bind port %d is below 1".formatted(bindPort));
    require(portRange >= 0, "Port range %d is negative".formatted(portRange));
    require(
        portRange <= MAX_PORT - bindPort,
        "Bind port %d and port range %d go beyond %d".formatted(bindPort, portRange, MAX_PORT));
    require(
        minWireVersion >= 0 && minWireVersion <= maxWireVersion,
        "Wire versions %d to %d are no range".formatted(minWireVersion, maxWireVersion));
  }

  /** Where other nodes may be; {@link LocalPorts} unless something else was set. */
  Discovery candidates() {
    return discovery == null ? new LocalPorts(bindAddress, bindPort, portRange) : discovery;
  }

  private static void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
