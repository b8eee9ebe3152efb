package io.p2pmap;

import io.p2pmap.discovery.Discovery;
import io.p2pmap.internal.storage.OnCorruption;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JacksonModule;

/** Everything a {@link ReplicatedMaps.Builder} was told, checked and immutable. */
record NodeSettings(
    String clusterName,
    String nodeName,
    boolean inMemory,
    InetAddress bindAddress,
    int bindPort,
    int portRange,
    @Nullable NodeSecurity security,
    boolean allowPlaintext,
    @Nullable Discovery discovery,
    @Nullable URL jgroupsConfig,
    Path storageDirectory,
    String storageName,
    OnCorruption onCorruption,
    Duration syncInterval,
    Duration startupTimeout,
    Duration maxClockDrift,
    List<JacksonModule> jacksonModules,
    Function<Type, Optional<ValueValidator<Object>>> valueValidators,
    ClassLoader classLoader,
    Clock clock,
    Instrumentations instrumentations) {

  private static final int MAX_NAME_BYTES = 200;

  NodeSettings {
    requireName("clusterName", clusterName);
    requireName("nodeName", nodeName);
    requirePositive("syncInterval", syncInterval);
    requirePositive("maxClockDrift", maxClockDrift);
    if (startupTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "startupTimeout must not be negative, but was " + startupTimeout);
    }
    if (jgroupsConfig != null && security != null) {
      throw new IllegalArgumentException(
          "A JGroups configuration secures itself: security has no effect with jgroupsConfig");
    }
    jacksonModules = List.copyOf(jacksonModules);
  }

  private static void requireName(String setting, String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (name.isBlank() || length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException(
          "%s must have 1 to %d bytes in UTF-8, but was '%s'"
              .formatted(setting, MAX_NAME_BYTES, name));
    }
  }

  private static void requirePositive(String setting, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(setting + " must be positive, but was " + duration);
    }
  }

  /** Whether others can reach the node's port. */
  boolean isReachable() {
    return !inMemory && !bindAddress.isLoopbackAddress();
  }

  /** Settings that are being made, with their defaults. Threading: one thread. */
  static final class Draft {

    /** A name with the process id would not be found again after a restart. */
    private static final String UNNAMED = "node";

    String clusterName = "p2pmap";
    @Nullable String nodeName;
    boolean inMemory;
    InetAddress bindAddress = InetAddress.getLoopbackAddress();
    int bindPort = 7800;
    int portRange = 10;
    @Nullable NodeSecurity security;
    boolean allowPlaintext;
    @Nullable Discovery discovery;
    @Nullable URL jgroupsConfig;
    Path storageDirectory = Path.of("data", "maps");
    OnCorruption onCorruption = OnCorruption.RECOVER;
    Duration syncInterval = Duration.ofSeconds(5);
    Duration startupTimeout = Duration.ofSeconds(10);
    Duration maxClockDrift = Duration.ofMinutes(1);
    List<JacksonModule> jacksonModules = List.of();
    Function<Type, Optional<ValueValidator<Object>>> valueValidators = type -> Optional.empty();
    ClassLoader classLoader = contextClassLoader();
    Clock clock = Clock.systemUTC();
    final List<Instrumentation> instrumentations = new ArrayList<>();

    private static ClassLoader contextClassLoader() {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return Objects.requireNonNullElse(loader, NodeSettings.class.getClassLoader());
    }

    NodeSettings toSettings() {
      return new NodeSettings(
          clusterName,
          nodeName != null ? nodeName : "node-" + ProcessHandle.current().pid(),
          inMemory,
          bindAddress,
          bindPort,
          portRange,
          security,
          allowPlaintext,
          discovery,
          jgroupsConfig,
          storageDirectory,
          nodeName != null ? nodeName : UNNAMED,
          onCorruption,
          syncInterval,
          startupTimeout,
          maxClockDrift,
          jacksonModules,
          valueValidators,
          classLoader,
          clock,
          new Instrumentations(instrumentations));
    }
  }
}
