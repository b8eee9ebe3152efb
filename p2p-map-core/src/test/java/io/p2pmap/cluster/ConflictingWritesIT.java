package io.p2pmap.cluster;

import static io.p2pmap.cluster.TestMaps.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three processes write and remove the same few keys at the same time, and end up agreeing. */
@ExtendWith(ClusterExtension.class)
class ConflictingWritesIT {

  private static final int RUNS = 5;
  private static final int OPERATIONS = 10_000;
  private static final int KEYS = 100;

  @Test
  void threeNodesAgreeAfterTenThousandConflictingWritesOfEach(Cluster cluster) {
    List<NodeProcess> nodes = cluster.start("a", "b", "c");
    for (int run = 1; run <= RUNS; run++) {
      int first = 3 * run;
      Cluster.atOnce(
          nodes, node -> node.map(PLAIN).conflict(first + nodes.indexOf(node), OPERATIONS, KEYS));

      long start = System.nanoTime();
      cluster.awaitAgreement(PLAIN);
      Duration agreed = Duration.ofNanos(System.nanoTime() - start);

      Set<String> differing = cluster.differingKeys(PLAIN);
      Set<String> fingerprints = cluster.fingerprints(PLAIN);
      StatusLine status = nodes.get(0).map(PLAIN).status();
      Figures.print(
          "conflicts, run %d: 3 x %d writes of %d keys, %d differing keys, fingerprints %s,"
              + " %d lost conflicts at a, agreed after %s",
          run,
          OPERATIONS,
          KEYS,
          differing.size(),
          fingerprints,
          status.number("conflicts-lost"),
          Figures.millis(agreed));
      assertThat(differing).isEmpty();
      assertThat(fingerprints).hasSize(1);
      assertThat(nodes)
          .allSatisfy(node -> assertThat(node.map(PLAIN).status().number("divergences")).isZero());
    }
  }
}
