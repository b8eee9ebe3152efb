package io.p2pmap.test;

import io.p2pmap.MapSpec;
import io.p2pmap.Member;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.internal.transport.memory.MemoryNetwork;
import io.p2pmap.internal.transport.memory.NamedNetworks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A cluster inside this JVM: starts and stops nodes, breaks and heals the links between them, and
 * waits until they agree. Nodes exchange the same messages as over the network, but in memory: no
 * port is opened. Closing it closes the nodes that it started, and removes their files.
 *
 * <pre>{@code
 * try (TestCluster cluster = TestCluster.create()) {
 *   ReplicatedMap<String, String> a = cluster.start("a").open(TEXTS);
 *   ReplicatedMap<String, String> b = cluster.start("b").open(TEXTS);
 *   cluster.cut("a", "b");
 *   a.put("k", "left");
 *   b.put("k", "right");
 *   cluster.heal();
 *   cluster.awaitAgreement("texts");
 * }
 * }</pre>
 *
 * <p>Links are between node names: one that is cut is cut also for a node that starts later.
 *
 * <p>Threading: any thread.
 */
public final class TestCluster implements AutoCloseable {

  private static final Duration SYNC_INTERVAL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String clusterName;
  private final UnaryOperator<ReplicatedMaps.Builder> customizer;
  private final MemoryNetwork network;
  private final Path storageDirectory;
  private final List<ReplicatedMaps> own = new CopyOnWriteArrayList<>();
  private final List<ReplicatedMaps> others = new CopyOnWriteArrayList<>();

  private TestCluster(String clusterName, UnaryOperator<ReplicatedMaps.Builder> customizer) {
    this.clusterName = clusterName;
    this.customizer = customizer;
    this.network = NamedNetworks.named(clusterName);
    this.storageDirectory =
        Path.of(System.getProperty("java.io.tmpdir"), "p2pmap-" + UUID.randomUUID());
  }

  /** An empty cluster with a random name. */
  public static TestCluster create() {
    return create(UnaryOperator.identity());
  }

  /** An empty cluster with a random name, whose nodes are customized. */
  public static TestCluster create(UnaryOperator<ReplicatedMaps.Builder> customizer) {
    return new TestCluster("test-" + UUID.randomUUID(), customizer);
  }

  /**
   * The cluster of this name, which may have nodes already: those of this JVM that use the
   * in-memory transport. They can be cut and healed like the ones that this object starts.
   */
  public static TestCluster named(String clusterName) {
    return new TestCluster(clusterName, UnaryOperator.identity());
  }

  /** What its nodes share, for {@code p2pmap.cluster-name}. */
  public String clusterName() {
    return clusterName;
  }

  /** Where its nodes keep what they persist, also when they are started again. */
  public Path storageDirectory() {
    return storageDirectory;
  }

  /**
   * Starts a node that compares its contents five times a second; it opens {@code maps} before it
   * starts, so that they hold what the others hold when this returns.
   *
   * @throws IllegalArgumentException if a node of this name runs
   */
  public ReplicatedMaps start(String nodeName, MapSpec<?, ?>... maps) {
    if (running().containsKey(nodeName)) {
      throw new IllegalArgumentException("There is a node '%s' already".formatted(nodeName));
    }
    ReplicatedMaps node =
        customizer
            .apply(
                ReplicatedMaps.builder()
                    .syncInterval(SYNC_INTERVAL)
                    .storageDirectory(storageDirectory))
            .inMemory(true)
            .clusterName(clusterName)
            .nodeName(nodeName)
            .build();
    own.add(node);
    for (MapSpec<?, ?> map : maps) {
      node.open(map);
    }
    node.start();
    return node;
  }

  /** Makes {@link #awaitAgreement} ask this node, too, which somebody else starts and closes. */
  public void include(ReplicatedMaps node) {
    others.add(node);
  }

  /** The running node of this name, of those that this object started or was told of. */
  public ReplicatedMaps node(String nodeName) {
    ReplicatedMaps node = running().get(nodeName);
    if (node == null) {
      throw new IllegalArgumentException(
          "No node '%s' runs here, only %s".formatted(nodeName, running().keySet()));
    }
    return node;
  }

  private Map<String, ReplicatedMaps> running() {
    Map<String, ReplicatedMaps> running = new LinkedHashMap<>();
    own.forEach(node -> addIfRunning(node, running));
    others.forEach(node -> addIfRunning(node, running));
    return running;
  }

  private static void addIfRunning(ReplicatedMaps node, Map<String, ReplicatedMaps> running) {
    List<Member> members = node.members();
    if (node.isRunning() && !members.isEmpty()) {
      running.put(members.get(0).name(), node);
    }
  }

  /** Separates two nodes: each sees the other go, and both go on. */
  public void cut(String one, String other) {
    network.cut(one, other);
  }

  /** Loses what {@code from} sends to {@code to}; nobody is told. */
  public void cutOneWay(String from, String to) {
    network.cutOneWay(from, to);
  }

  /** Keeps what {@code from} sends to {@code to} until it is healed, as a very slow link does. */
  public void hold(String from, String to) {
    network.hold(from, to);
  }

  /** Separates a node from all others that run here. */
  public void isolate(String nodeName) {
    running().keySet().stream()
        .filter(other -> !other.equals(nodeName))
        .forEach(other -> cut(nodeName, other));
  }

  /** Makes the link between two nodes work again, in both directions. */
  public void heal(String one, String other) {
    network.heal(one, other);
  }

  /** Makes every link work again. */
  public void heal() {
    network.heal();
  }

  /** Lets a node leave: it says goodbye, and the others have its writes. */
  public void stop(String nodeName) {
    node(nodeName).close();
  }

  /** Ends a node as if its process had died: what the others have not got is lost. */
  public void crash(String nodeName) {
    ReplicatedMaps node = node(nodeName);
    network.crash(UUID.fromString(node.members().get(0).id()));
    node.close();
  }

  /**
   * Like {@link #awaitAgreement(String, Duration)}, for half a minute.
   *
   * @throws AssertionError if they do not; it says which entries differ, and where
   */
  public void awaitAgreement(String mapName) {
    awaitAgreement(mapName, PATIENCE);
  }

  /**
   * Waits until all running nodes that have opened the map hold the same and know that they do.
   *
   * @throws AssertionError if they do not before {@code timeout} has passed; it says which entries
   *     differ, and where
   */
  public void awaitAgreement(String mapName, Duration timeout) {
    Map<String, ReplicatedMap<?, ?>> replicas = new LinkedHashMap<>();
    running().forEach((name, node) -> node.find(mapName).ifPresent(map -> replicas.put(name, map)));
    if (replicas.isEmpty()) {
      throw new AssertionError(
          "No node of %s has opened map '%s'".formatted(running().keySet(), mapName));
    }
    new Agreement(mapName, replicas).await(timeout);
  }

  /** Heals the links, closes the nodes that this object has started, and removes their files. */
  @Override
  public void close() {
    network.heal();
    own.forEach(ReplicatedMaps::close);
    own.clear();
    deleteFiles();
  }

  private void deleteFiles() {
    if (!Files.exists(storageDirectory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(storageDirectory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
