package io.p2pmap.spring.autoconfigure;

import io.p2pmap.ReplicatedMaps;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Configuration of this node and of its maps.
 *
 * @param clusterName Name that all nodes of one cluster share. Uses 'spring.application.name' if
 *     not set.
 * @param nodeName Name of this node as people see it. Uses 'node-' and the process id if not set.
 * @param transport What carries the messages between nodes.
 * @param bindAddress Network address to bind to. Uses the loopback address if not set.
 * @param bindPort First port to try.
 * @param portRange How many more ports to try if the first one is taken.
 * @param discovery Where to look for other nodes.
 * @param jgroups Network stack of the application's own.
 * @param security Who may join and read along.
 * @param sync Comparison of contents between nodes.
 * @param maxClockDrift How far a clock may be from the median of the members' clocks.
 * @param storage Files of persisted maps.
 * @param maps Maps of this node, by name.
 */
@ConfigurationProperties("p2pmap")
public record P2pMapProperties(
    @Nullable String clusterName,
    @Nullable String nodeName,
    @DefaultValue("tcp") Transport transport,
    @Nullable InetAddress bindAddress,
    @DefaultValue("7800") int bindPort,
    @DefaultValue("10") int portRange,
    @NestedConfigurationProperty @DefaultValue DiscoveryProperties discovery,
    @DefaultValue JGroups jgroups,
    @DefaultValue Security security,
    @DefaultValue Sync sync,
    @DefaultValue("1m") Duration maxClockDrift,
    @DefaultValue Storage storage,
    @DefaultValue Map<String, MapProperties> maps) {

  private static final String PREFIX = "p2pmap";
  private static final int MAX_PORT = 65_535;

  public P2pMapProperties {
    maps = Map.copyOf(maps);
  }

  /**
   * A node with these settings; {@code defaultClusterName} comes from 'spring.application.name'.
   *
   * @throws InvalidSettingException if a value is out of range
   */
  ReplicatedMaps.Builder toBuilder(String defaultClusterName) {
    ReplicatedMaps.Builder builder =
        ReplicatedMaps.builder()
            .clusterName(
                clusterName != null
                    ? Bounds.name(PREFIX + ".cluster-name", clusterName)
                    : Bounds.name("spring.application.name", defaultClusterName))
            .inMemory(transport == Transport.MEMORY)
            .bindPort(Bounds.between(PREFIX + ".bind-port", bindPort, 1, MAX_PORT))
            .portRange(Bounds.between(PREFIX + ".port-range", portRange, 0, MAX_PORT - bindPort))
            .allowPlaintext(security.allowPlaintext())
            .syncInterval(Bounds.positive(PREFIX + ".sync.interval", sync.interval()))
            .startupTimeout(
                Bounds.notNegative(PREFIX + ".sync.startup-timeout", sync.startupTimeout()))
            .maxClockDrift(Bounds.positive(PREFIX + ".max-clock-drift", maxClockDrift))
            .storageDirectory(storage.directory())
            .failOnCorruption(storage.onCorruption() == Storage.OnCorruption.FAIL);
    if (nodeName != null) {
      builder.nodeName(Bounds.name(PREFIX + ".node-name", nodeName));
    }
    if (bindAddress != null) {
      builder.bindAddress(reachable(bindAddress));
    }
    return builder;
  }

  private static InetAddress reachable(InetAddress address) {
    if (address.isAnyLocalAddress()) {
      throw InvalidSettingException.ofValue(
          PREFIX + ".bind-address",
          "other nodes can't reach a wildcard, so it must be one address of this machine",
          null);
    }
    return address;
  }

  /** What carries the messages between nodes. */
  public enum Transport {
    /** The network. */
    TCP,
    /** Memory, for tests: nodes of this JVM that have one cluster name see each other. */
    MEMORY
  }

  /**
   * Network stack of the application's own.
   *
   * @param config XML of a JGroups stack, which replaces what the properties say of addresses,
   *     ports, discovery, and security.
   */
  public record JGroups(@Nullable Resource config) {}

  /**
   * Who may join and read along.
   *
   * @param sharedSecret Secret that all nodes hold: at least 16 random bytes in base64 or
   *     hexadecimal.
   * @param acceptedSecrets Secrets of which nodes are let in besides, while secrets are replaced.
   * @param sslBundle Name of the SSL bundle with this node's certificate and the authority it
   *     trusts, instead of a shared secret. Certificates of a reloaded bundle are used from then
   *     on.
   * @param allowPlaintext Whether to accept a bind address that others can reach although nothing
   *     authenticates them or encrypts what is sent.
   */
  public record Security(
      @Nullable String sharedSecret,
      @DefaultValue List<String> acceptedSecrets,
      @Nullable String sslBundle,
      @DefaultValue("false") boolean allowPlaintext) {

    public Security {
      acceptedSecrets = List.copyOf(acceptedSecrets);
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
      return "Security[sharedSecret=%s, acceptedSecrets=%d hidden, sslBundle=%s, allowPlaintext=%s]"
          .formatted(
              sharedSecret == null ? "none" : "hidden",
              acceptedSecrets.size(),
              sslBundle,
              allowPlaintext);
    }
  }

  /**
   * Comparison of contents between nodes.
   *
   * @param interval How often nodes compare their contents.
   * @param startupTimeout How long the start waits until the maps have caught up. After that it
   *     goes on in the background.
   */
  public record Sync(
      @DefaultValue("5s") Duration interval, @DefaultValue("10s") Duration startupTimeout) {}

  /**
   * Files of persisted maps.
   *
   * @param directory Folder of the files. A node uses the folder of its node name in it.
   * @param onCorruption What to do at the start about damaged files.
   */
  public record Storage(
      @DefaultValue("data/maps") Path directory,
      @DefaultValue("recover") OnCorruption onCorruption) {

    /** What to do at the start about damaged files. */
    public enum OnCorruption {
      /** Move them aside, and go on with what is intact and what other nodes hold. */
      RECOVER,
      /** Refuse to start. */
      FAIL
    }
  }
}
