package io.p2pmap;

import io.p2pmap.discovery.Discovery;
import io.p2pmap.internal.engine.Node;
import io.p2pmap.internal.storage.OnCorruption;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.TransportException;
import io.p2pmap.internal.transport.jgroups.JGroupsSettings;
import io.p2pmap.internal.transport.jgroups.JGroupsTransport;
import io.p2pmap.internal.transport.jgroups.StackFile;
import io.p2pmap.internal.transport.memory.NamedNetworks;
import io.p2pmap.internal.wire.WireVersion;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JacksonModule;

/**
 * This node of a cluster: opens maps, and holds the one connection to the other nodes. Maps may be
 * opened and used before {@link #start}; what is written then reaches the others later.
 *
 * <p>Threading: any thread. Its own threads are daemons named {@code p2pmap-…} and end on close.
 */
public final class ReplicatedMaps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReplicatedMaps.class);

  private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(2);

  private enum Phase {
    NEW,
    RUNNING,
    CLOSED
  }

  private final NodeSettings settings;
  private final Node node;
  private final StatusReport report;
  private final NodeFeeds listeners = new NodeFeeds();
  private final MapFactory factory;
  private final Map<String, OpenMap<?, ?>> maps = new ConcurrentHashMap<>();
  private volatile Phase phase = Phase.NEW;

  ReplicatedMaps(NodeSettings settings, BiFunction<NodeSettings, UUID, Transport> transport) {
    this.settings = settings;
    UUID incarnation = UUID.randomUUID();
    this.node =
        new Node(
            settings.nodeName(),
            transport.apply(settings, incarnation),
            () -> MapFactory.now(settings.clock()),
            view -> settings.instrumentations().membersChanged(StatusReport.members(view)),
            this::fail);
    this.report = new StatusReport(node);
    this.factory = new MapFactory(settings, incarnation, node, report, listeners);
  }

  /** Begins the configuration of a node. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Loads the classes that a node needs, so that one that is started later takes less time; for
   * applications that have something else to do meanwhile. Opens no socket and starts no thread.
   *
   * <p>Threading: any thread, also while a node starts.
   */
  public static void preload() {
    NodeSettings settings = new NodeSettings.Draft().toSettings();
    JGroupsTransport.preload(Builder.jgroupsSettings(settings, UUID.randomUUID()));
    try (ReplicatedMaps unstarted = new ReplicatedMaps(settings, Builder::jgroups)) {
      unstarted.open(MapSpec.of("preload", String.class, Integer.class)).put("key", 1);
    }
  }

  /**
   * Binds, joins the cluster, and waits, no longer than the start-up timeout, until others that
   * have answered let this node in, and until the open maps have caught up. After that it goes on
   * in the background.
   *
   * @throws NodeStartException if the node can't start as configured; then nothing is left running
   * @throws IllegalStateException if it was started or closed before
   */
  public synchronized void start() {
    if (phase != Phase.NEW) {
      throw new IllegalStateException(
          "Node '%s' was started or closed before".formatted(settings.nodeName()));
    }
    requireSafeAddress();
    long deadlineNanos = System.nanoTime() + settings.startupTimeout().toNanos();
    Instrumentation.Ongoing joining = settings.instrumentations().joining();
    try {
      node.start();
    } catch (TransportException e) {
      close();
      joining.ended(e);
      throw new NodeStartException(String.valueOf(e.getMessage()), e.action(), e);
    } catch (RuntimeException e) {
      joining.ended(e);
      throw e;
    }
    phase = Phase.RUNNING;
    if (settings.inMemory()) {
      LOG.info("Node '{}' reaches nodes of this JVM only", settings.nodeName());
    }
    awaitCaughtUp(deadlineNanos);
    joining.ended(null);
  }

  private void requireSafeAddress() {
    if (settings.security() != null
        || settings.jgroupsConfig() != null // which is checked when it is read
        || settings.inMemory()) {
      return;
    }
    String address = settings.bindAddress().getHostAddress();
    if (settings.isReachable() && !settings.allowPlaintext()) {
      throw new NodeStartException(
          "Others can reach bind address %s, but the node is not secured: ".formatted(address)
              + "whoever reaches its port could read and change every map",
          "Give all nodes a shared secret ('openssl rand -base64 32' prints a good one) or TLS"
              + " certificates; or bind to the loopback address; or allow plaintext if everybody"
              + " who can reach the port is trusted",
          null);
    }
    if (settings.isReachable() || settings.allowPlaintext()) {
      LOG.warn(
          "Node '{}' talks plaintext on {}: whoever reaches its port can read and change every map",
          settings.nodeName(),
          address);
    }
  }

  /**
   * Waits until a map that has peers, or knows that there are some, holds what they had, so that
   * readers do not start empty.
   */
  private void awaitCaughtUp(long deadlineNanos) {
    if (!await(Stream.of(node.whenJoined()), left(deadlineNanos))) {
      LOG.warn(
          "Node '{}' starts alone: there are others, but it was not let in within {};"
              + " it goes on trying",
          settings.nodeName(),
          settings.startupTimeout());
    } else if (!await(
        maps.values().stream().map(map -> map.hosting().map().driver().whenCaughtUp()),
        left(deadlineNanos))) {
      LOG.warn(
          "Node '{}' starts before its maps have caught up within {}: {}; it goes on meanwhile",
          settings.nodeName(),
          settings.startupTimeout(),
          behind());
    }
  }

  private static long left(long deadlineNanos) {
    return Math.max(0, deadlineNanos - System.nanoTime());
  }

  /** Waits for all of them; false if one did not come in time. */
  private static boolean await(Stream<? extends CompletableFuture<?>> events, long timeoutNanos) {
    CompletableFuture<?>[] all = events.toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(all).get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.debug("A map was closed meanwhile", e);
    }
    return true;
  }

  private List<String> behind() {
    return maps.values().stream()
        .filter(map -> map.status().state() == MapStatus.State.SYNCING)
        .map(OpenMap::name)
        .sorted()
        .toList();
  }

  /** Whether {@link #start} has succeeded and {@link #close} was not called. */
  public boolean isRunning() {
    return phase == Phase.RUNNING;
  }

  /**
   * Opens a map; allowed before {@link #start}. Idempotent and safe to race: the same spec gives
   * the same map.
   *
   * @throws IllegalStateException if a map of that name is open with another spec, or the node is
   *     closed
   */
  @SuppressWarnings("unchecked") // equal specs have equal types
  public <K, V> ReplicatedMap<K, V> open(MapSpec<K, V> spec) {
    AtomicReference<@Nullable OpenMap<?, ?>> created = new AtomicReference<>();
    OpenMap<?, ?> map =
        maps.computeIfAbsent(
            spec.name(),
            name -> {
              OpenMap<K, V> opened = factory.create(spec);
              created.set(opened);
              return opened;
            });
    if (created.get() == map) {
      settings.instrumentations().mapOpened(map);
    } else if (!map.spec().equals(spec)) {
      throw new IllegalStateException(
          "Map '%s' is open already with another spec: %s, not %s"
              .formatted(spec.name(), map.spec(), spec));
    }
    if (phase == Phase.CLOSED) {
      close(spec.name());
      throw new IllegalStateException("Node '%s' is closed".formatted(settings.nodeName()));
    }
    return (ReplicatedMap<K, V>) map;
  }

  /** The open map of this name. */
  public Optional<ReplicatedMap<?, ?>> find(String name) {
    return Optional.ofNullable(maps.get(name));
  }

  /** Names of the open maps, sorted. */
  public Set<String> names() {
    return new TreeSet<>(maps.keySet());
  }

  /** Stops the map on this node and keeps its files; does nothing if it is not open. */
  public void close(String name) {
    OpenMap<?, ?> map = maps.remove(name);
    if (map != null) {
      takeOff(map).closeStorage();
    }
  }

  /**
   * Stops the map on this node, if it is open, and removes its files, if there are any; other nodes
   * keep theirs.
   *
   * @throws MapStorageException if the files can't be removed; the map is stopped all the same
   */
  public void delete(String name) {
    OpenMap<?, ?> map = maps.remove(name);
    factory.delete(name, map == null ? null : takeOff(map));
  }

  private Hosting takeOff(OpenMap<?, ?> map) {
    map.close();
    node.unhost(map.hosting().map());
    settings.instrumentations().mapClosed(map);
    return map.hosting();
  }

  /** What is known about this node at this instant. */
  public NodeStatus status() {
    return report.nodeStatus(settings, isRunning());
  }

  /** Names the latest writes of this node to all open maps, see {@link ReplicatedMap#token}. */
  public WriteToken token() {
    return LastWrites.of(maps.values());
  }

  /**
   * Like {@link ReplicatedMap#awaitToken}, for all maps that are open here. Writes to maps that are
   * not are left out, since nobody can read them.
   */
  public boolean awaitToken(WriteToken token, Duration timeout) throws InterruptedException {
    return LastWrites.await(maps.values(), token, timeout);
  }

  /** Every node in the current view, this one first; empty before {@link #start}. */
  public List<Member> members() {
    return report.members();
  }

  /**
   * Subscribes to what happens to this node and to its maps as a whole; before {@link #start} so
   * that nothing is missed. The listener has a thread of its own, and is told within a quarter of a
   * second; without listeners nothing is watched.
   *
   * @throws IllegalStateException if the node is closed
   */
  public Subscription subscribe(NodeListener listener) {
    Objects.requireNonNull(listener, "listener");
    Subscription subscription = listeners.add(listener, () -> NodeLook.at(report.members(), maps));
    if (phase == Phase.CLOSED) {
      subscription.close();
      throw new IllegalStateException("Node '%s' is closed".formatted(settings.nodeName()));
    }
    return subscription;
  }

  /**
   * Closes every map and leaves the cluster, once the other nodes have applied this node's writes,
   * or two seconds have passed. Idempotent.
   */
  @Override
  public void close() {
    Phase before = phase;
    phase = Phase.CLOSED;
    listeners.close();
    if (before == Phase.RUNNING) {
      finishWrites();
    }
    maps.values().forEach(OpenMap::close);
    node.close();
    maps.values().forEach(settings.instrumentations()::mapClosed);
    maps.values().forEach(map -> map.hosting().closeStorage());
    maps.clear();
  }

  /**
   * The node can't go on, and so must not seem to: it leaves the cluster, and its maps are closed.
   * What it had not sent yet may be half done, so it is not waited for.
   */
  private void fail(Throwable cause) {
    phase = Phase.CLOSED;
    try {
      LOG.error("Node '{}' closes, since it can't go on", settings.nodeName(), cause);
    } finally {
      close();
    }
  }

  /** After the leave nobody listens to this node any more, not even to what it has sent before. */
  private void finishWrites() {
    if (!await(maps.values().stream().map(OpenMap::finishWrites), FINISH_TIMEOUT.toNanos())) {
      LOG.warn(
          "Node '{}' leaves although not every other node has confirmed its last writes",
          settings.nodeName());
    }
  }

  /** Configures a node. Nothing is opened before {@link ReplicatedMaps#start}. */
  public static final class Builder {

    private final NodeSettings.Draft draft = new NodeSettings.Draft();

    private Builder() {}

    private static JGroupsSettings jgroupsSettings(NodeSettings settings, UUID incarnation) {
      return new JGroupsSettings(
          settings.clusterName(),
          settings.nodeName(),
          incarnation,
          settings.bindAddress(),
          settings.bindPort(),
          settings.portRange(),
          settings.discovery(),
          WireVersion.MIN,
          WireVersion.MAX);
    }

    private static Transport jgroups(NodeSettings settings, UUID incarnation) {
      JGroupsSettings jgroups = jgroupsSettings(settings, incarnation);
      URL stack = settings.jgroupsConfig();
      if (stack != null) {
        return JGroupsTransport.onStack(new StackFile(stack, settings.allowPlaintext()), jgroups);
      }
      NodeSecurity security = settings.security();
      return new JGroupsTransport(
          jgroups, security == null ? null : security.contexts(settings.clusterName()));
    }

    private static Transport memory(NodeSettings settings, UUID incarnation) {
      return NamedNetworks.named(settings.clusterName())
          .transport(incarnation, settings.nodeName(), WireVersion.MIN, WireVersion.MAX);
    }

    /** Nodes of one name form one cluster ("p2pmap"). */
    public Builder clusterName(String name) {
      draft.clusterName = name;
      return this;
    }

    /** Name shown to people ("node-" and the process id). */
    public Builder nodeName(String name) {
      draft.nodeName = name;
      return this;
    }

    /**
     * Whether the node reaches only the nodes of this JVM that have its cluster name, in memory
     * (false). It opens no port then, and what concerns addresses has no effect. For tests.
     */
    public Builder inMemory(boolean inMemory) {
      draft.inMemory = inMemory;
      return this;
    }

    /** Address to bind to (loopback). */
    public Builder bindAddress(InetAddress address) {
      draft.bindAddress = address;
      return this;
    }

    /** First port that is tried (7800). */
    public Builder bindPort(int port) {
      draft.bindPort = port;
      return this;
    }

    /** How many more ports are tried (10). */
    public Builder portRange(int ports) {
      draft.portRange = ports;
      return this;
    }

    /** How nodes know each other and encrypt what they send (not at all: plaintext). */
    public Builder security(NodeSecurity security) {
      draft.security = security;
      return this;
    }

    /** Allows an address that others can reach without authentication and encryption (false). */
    public Builder allowPlaintext(boolean allow) {
      draft.allowPlaintext = allow;
      return this;
    }

    /** How to find other nodes (at the ports of the range on this host). */
    public Builder discovery(Discovery discovery) {
      draft.discovery = discovery;
      return this;
    }

    /**
     * XML of a JGroups stack to run on, instead of the one that bind address, ports, discovery and
     * security describe (none).
     */
    public Builder jgroupsConfig(URL location) {
      draft.jgroupsConfig = location;
      return this;
    }

    /** Folder of the persisted maps, in a folder named after the node ("data/maps"). */
    public Builder storageDirectory(Path directory) {
      draft.storageDirectory = directory;
      return this;
    }

    /**
     * Whether a node refuses to start when files of a map are damaged (false). Otherwise they are
     * moved aside, and what they held comes back from the other nodes, as far as these hold it.
     */
    public Builder failOnCorruption(boolean fail) {
      draft.onCorruption = fail ? OnCorruption.FAIL : OnCorruption.RECOVER;
      return this;
    }

    /** How often nodes compare their contents (5 seconds). */
    public Builder syncInterval(Duration interval) {
      draft.syncInterval = interval;
      return this;
    }

    /** How long {@link ReplicatedMaps#start} waits for the first exchange (10 seconds). */
    public Builder startupTimeout(Duration timeout) {
      draft.startupTimeout = timeout;
      return this;
    }

    /** How far a clock may be from the median of the members' clocks (1 minute). */
    public Builder maxClockDrift(Duration drift) {
      draft.maxClockDrift = drift;
      return this;
    }

    /** Modules that keys and values need beside what Jackson knows itself; equal on all nodes. */
    public Builder jacksonModules(Collection<? extends JacksonModule> modules) {
      draft.jacksonModules = List.copyOf(modules);
      return this;
    }

    /**
     * Validators for types of values, which hold beside those of the maps (none). Asked once when a
     * map is opened; a type without one costs nothing.
     */
    public Builder valueValidators(Function<Type, Optional<ValueValidator<Object>>> validators) {
      draft.valueValidators = validators;
      return this;
    }

    /** Loads the classes of keys and values (the thread's context class loader). */
    public Builder classLoader(ClassLoader loader) {
      draft.classLoader = loader;
      return this;
    }

    /** Wall clock for stamps and expiry (the system's). */
    public Builder clock(Clock clock) {
      draft.clock = clock;
      return this;
    }

    /** Is told what can only be measured while it happens; every one that was added (none). */
    public Builder instrumentation(Instrumentation instrumentation) {
      draft.instrumentations.add(instrumentation);
      return this;
    }

    /**
     * A node that is ready to {@link ReplicatedMaps#start}.
     *
     * @throws IllegalArgumentException if a setting is out of range
     */
    public ReplicatedMaps build() {
      NodeSettings settings = draft.toSettings();
      return new ReplicatedMaps(settings, settings.inMemory() ? Builder::memory : Builder::jgroups);
    }
  }
}
