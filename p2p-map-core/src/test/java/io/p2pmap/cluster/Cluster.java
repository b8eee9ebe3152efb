package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.NodeOptions.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Node processes of one test with a name and a port range of their own, which end with the test.
 *
 * <p>Threading: one thread.
 */
public final class Cluster implements AutoCloseable {

  private static final int PORTS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path logs;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final Map<String, Integer> launches = new HashMap<>();
  private @Nullable FaultyNetwork network;
  private NodeOptions options =
      NodeOptions.defaults()
          .with(Option.CLUSTER, "test-" + UUID.randomUUID())
          .with(Option.FIRST_PORT, Ports.firstOfFree(PORTS))
          .with(Option.MORE_PORTS, PORTS - 1);

  Cluster(Path logs) {
    this.logs = logs;
  }

  /** Changes an option of the nodes launched from now on. */
  public Cluster with(Option option, Object value) {
    options = options.with(option, value);
    return this;
  }

  /** Lets the nodes run in a network that can fail, and write down what they do and are told. */
  Cluster in(FaultyNetwork faulty, String... names) {
    network = faulty;
    Stream.of(names).forEach(faulty::add);
    options =
        options.with(
            Option.OTHER_ADDRESSES,
            Stream.of(names)
                .map(name -> faulty.addressOf(name).getHostAddress())
                .distinct()
                .collect(Collectors.joining(",")));
    return this;
  }

  /** Launches a process whose node is not started; returns at once. */
  public NodeProcess launch(String name, String... jvmOptions) {
    int run = launches.merge(name, 1, Integer::sum);
    NodeOptions own = options.with(Option.NODE, name).with(Option.RUN, run);
    List<String> launcher = List.of();
    if (network != null) {
      own =
          own.with(Option.ADDRESS, network.addressOf(name).getHostAddress())
              .with(Option.HISTORY, historyOf(name + "." + run));
      launcher = network.launcher(name);
    }
    NodeProcess node =
        NodeProcess.launch(
            launcher, own, run == 1 ? newLog(name) : logOf(name), List.of(jvmOptions));
    nodes.add(node);
    return node;
  }

  private Path newLog(String name) {
    Path log = logOf(name);
    try {
      Files.deleteIfExists(log); // of an earlier build
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log;
  }

  private Path logOf(String name) {
    return logs.resolve(name + ".log");
  }

  private Path historyOf(String run) {
    return logs.resolve(run + ".history").toAbsolutePath();
  }

  /** The running process of the node of this name. */
  NodeProcess node(String name) {
    return alive().stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  /** Forgets the runs that have ended, with their histories. */
  void forgetEnded() {
    nodes.removeIf(node -> !node.isAlive());
  }

  /** Every run of every node so far, with the contents of {@code map} where it still runs. */
  List<NodeRun> runs(String map) {
    List<NodeRun> runs = new ArrayList<>();
    for (NodeProcess node : nodes) {
      runs.add(
          NodeRun.read(
              node.run(), historyOf(node.run()), node.isAlive() ? node.map(map).dump() : null));
    }
    return runs;
  }

  /** What the node of a name has logged, at DEBUG for the library's own loggers. */
  public List<String> log(String name) {
    try {
      return new String(Files.readAllBytes(logOf(name)), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Launches and starts nodes, and waits until they have found each other. */
  public List<NodeProcess> start(String... names) {
    List<NodeProcess> started = Stream.of(names).map(this::launch).toList();
    started.get(0).start(); // the others find it at once, instead of merging later
    atOnce(started.subList(1, started.size()), NodeProcess::start);
    awaitMembers();
    return started;
  }

  /** Does the same on several nodes at the same time; returns when all have done it. */
  public static void atOnce(List<NodeProcess> nodes, Consumer<NodeProcess> work) {
    CompletableFuture.allOf(
            nodes.stream()
                .map(node -> CompletableFuture.runAsync(() -> work.accept(node), Cluster::run))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static void run(Runnable work) {
    Thread thread = new Thread(work, "p2pmap-cluster-work");
    thread.setDaemon(true);
    thread.start();
  }

  /** First port of the range that nobody else in this test has. */
  int firstPort() {
    return options.integer(Option.FIRST_PORT);
  }

  /** Every node whose process runs. */
  public List<NodeProcess> alive() {
    return nodes.stream().filter(NodeProcess::isAlive).toList();
  }

  /** Waits until every running node has every other in its view, and nobody else. */
  public void awaitMembers() {
    List<NodeProcess> alive = alive();
    List<String> names = alive.stream().map(NodeProcess::name).toList();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(alive)
                    .allSatisfy(
                        node ->
                            assertThat(node.members()).containsExactlyInAnyOrderElementsOf(names)));
  }

  /** Waits until all running nodes hold the same, and checks that they do. */
  public void awaitAgreement(String map) {
    atOnce(alive(), node -> assertThat(node.map(map).awaitInSync(PATIENCE)).isTrue());
    assertThat(differingKeys(map)).isEmpty();
    assertThat(fingerprints(map)).hasSize(1);
  }

  /** Waits until {@code condition} holds of every running node. */
  public void awaitEverywhere(Consumer<NodeProcess> condition) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(alive()).allSatisfy(condition::accept));
  }

  /** Like {@link #awaitAgreement}, but compares fingerprints only: for maps of many entries. */
  public void awaitEqualFingerprints(String map) {
    atOnce(alive(), node -> assertThat(node.map(map).awaitInSync(PATIENCE)).isTrue());
    assertThat(fingerprints(map)).hasSize(1);
  }

  /** Keys whose entry, with writer and times, is not the same on all running nodes. */
  public Set<String> differingKeys(String map) {
    List<SortedMap<String, DumpedEntry>> dumps =
        alive().stream().map(node -> node.map(map).dump()).toList();
    Set<String> keys = new TreeSet<>();
    dumps.forEach(dump -> keys.addAll(dump.keySet()));
    keys.removeIf(
        key -> dumps.stream().map(dump -> String.valueOf(dump.get(key))).distinct().count() == 1);
    return keys;
  }

  /** The different fingerprints that the running nodes report. */
  public Set<String> fingerprints(String map) {
    Set<String> fingerprints = new TreeSet<>();
    alive().forEach(node -> fingerprints.add(node.map(map).status().fingerprint()));
    return fingerprints;
  }

  /** Ends every process. */
  @Override
  public void close() {
    nodes.forEach(NodeProcess::close);
    if (network != null) {
      network.close();
    }
  }
}
