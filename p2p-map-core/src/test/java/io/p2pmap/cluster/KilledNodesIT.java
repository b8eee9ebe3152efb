package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.DURABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.NodeOptions.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Node processes are killed while they write to a persisted map, again and again: what was
 * acknowledged is on the node's own disk at its next start, before it has met anybody.
 */
@ExtendWith(ClusterExtension.class)
class KilledNodesIT {

  private static final int KILLS = 10;
  private static final int LONGEST_MILLIS = 200;

  @TempDir private Path directory;

  @Test
  void aLoneNodeLosesNothingAcknowledged(Cluster cluster) {
    assertThat(killAgainAndAgain(cluster, directory, List.of("a"), KILLS, 1)).isPositive();
  }

  @Test
  void noneOfThreeNodesLosesAnythingAcknowledged(Cluster cluster) {
    assertThat(killAgainAndAgain(cluster, directory, List.of("a", "b", "c"), KILLS, 2))
        .isPositive();
  }

  /** Kills some of the nodes a round, or all; returns how many writes were acknowledged. */
  static long killAgainAndAgain(
      Cluster cluster, Path directory, List<String> names, int kills, long seed) {
    cluster.with(Option.STORAGE, directory);
    Random random = new Random(seed);
    Map<String, AcknowledgedWork> works = new LinkedHashMap<>();
    names.forEach(name -> works.put(name, AcknowledgedWork.of(name, file(directory, name))));
    Map<String, NodeProcess> running = new LinkedHashMap<>();
    for (int killed = 0; killed < kills; ) {
      launchMissing(cluster, directory, works, running);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_MILLIS)));
      for (String victim : victims(names, random)) {
        running.remove(victim).kill();
        killed++;
      }
    }
    launchMissing(cluster, directory, works, running);
    if (names.size() > 1) {
      cluster.awaitMembers();
    }
    long sum = works.values().stream().mapToLong(AcknowledgedWork::sum).sum();
    Figures.print(
        "%d kills of %d node(s) at work: %d writes acknowledged, lost 0", kills, names.size(), sum);
    return sum;
  }

  private static Path file(Path directory, String node) {
    return directory.resolve(node + ".acknowledged");
  }

  private static List<String> victims(List<String> names, Random random) {
    List<String> victims = new ArrayList<>(names);
    Collections.shuffle(victims, random);
    return victims.subList(0, 1 + random.nextInt(names.size()));
  }

  /** Starts who is not there, checks what it has recovered, and lets it work. */
  private static void launchMissing(
      Cluster cluster,
      Path directory,
      Map<String, AcknowledgedWork> works,
      Map<String, NodeProcess> running) {
    List<NodeProcess> launched = new ArrayList<>();
    for (String name : works.keySet()) {
      if (!running.containsKey(name)) {
        NodeProcess node = cluster.launch(name);
        running.put(name, node);
        launched.add(node);
      }
    }
    Cluster.atOnce(
        launched,
        node -> {
          RemoteMap map = node.map(DURABLE);
          AcknowledgedWork work = works.get(node.name());
          work.verify(map::get);
          assertThat(map.status().number("damages")).isZero();
          node.start();
          work.verify(map::get); // nor does a peer take it away
          long before = work.sum();
          map.work(node.name(), file(directory, node.name()));
          await()
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(1))
              .atMost(Duration.ofSeconds(30))
              .until(() -> work.sum() > before);
        });
  }
}
