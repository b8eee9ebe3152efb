package io.p2pmap.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.spring.TestContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Three Spring applications, each a process, find each other by a Spring Cloud registry. */
@DisabledOnOs(
    value = {OS.MAC, OS.WINDOWS},
    disabledReason = "They have one loopback address only")
class ServiceRegistryIT {

  private static final Duration GOAL = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 3;

  @TempDir private Path folder;
  private final int port = TestContexts.freePort();
  private final String cluster = UUID.randomUUID().toString();
  private final List<SpringNode> nodes = new ArrayList<>();

  @AfterEach
  void end() {
    nodes.forEach(SpringNode::close);
  }

  @Test
  void applicationsFindEachOtherAndOneThatMoved() throws Exception {
    register("127.0.0.2", "127.0.0.3", "127.0.0.4");
    for (int i = 0; i < 3; i++) {
      Path log = Path.of("target", "cluster-logs", "ServiceRegistryIT", "node-" + i + ".log");
      nodes.add(SpringNode.launch(folder.resolve("registry"), log));
    }
    assertThat(fastest(this::startAll)).isLessThan(GOAL);

    assertThat(fastest(this::move)).isLessThan(GOAL);
  }

  /** One step, whose preparation is not measured; returns when the measured part began. */
  @FunctionalInterface
  private interface Step {
    long run(int attempt) throws IOException;
  }

  private long startAll(int attempt) {
    nodes.forEach(SpringNode::stop);
    long start = System.nanoTime();
    for (int i = 0; i < 3; i++) {
      start(nodes.get(i), "127.0.0." + (2 + i));
    }
    return start;
  }

  private long move(int attempt) throws IOException {
    nodes.get(2).stop();
    String address = "127.0.0." + (10 + attempt);
    register("127.0.0.2", "127.0.0.3", address);
    long start = System.nanoTime();
    start(nodes.get(2), address);
    return start;
  }

  private void start(SpringNode node, String address) {
    node.start(
        "spring.application.name=" + FileRegistry.SERVICE,
        "spring.main.banner-mode=off",
        "p2pmap.cluster-name=" + cluster,
        "p2pmap.bind-address=" + address,
        "p2pmap.bind-port=" + port,
        "p2pmap.port-range=0",
        "p2pmap.discovery.type=service-registry");
  }

  /** Up to three times, since a busy machine may take any time: one of them has to be quick. */
  private Duration fastest(Step step) throws IOException {
    Duration fastest = null;
    for (int i = 0; i < ATTEMPTS && (fastest == null || fastest.compareTo(GOAL) >= 0); i++) {
      long start = step.run(i);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> nodes.stream().allMatch(node -> node.members() == 3));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      fastest = fastest == null || took.compareTo(fastest) < 0 ? took : fastest;
    }
    System.out.println("FIGURE three members after %d ms".formatted(fastest.toMillis()));
    return fastest;
  }

  private void register(String... addresses) throws IOException {
    List<String> lines = java.util.Arrays.stream(addresses).map(a -> a + " " + port).toList();
    Path written = Files.write(folder.resolve("new"), lines);
    Files.move(written, folder.resolve("registry"), StandardCopyOption.ATOMIC_MOVE);
  }
}
