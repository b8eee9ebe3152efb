package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The long form of {@link KilledNodesIT}; see the profile "storage". */
@Tag("storage-campaign")
@ExtendWith(ClusterExtension.class)
class KilledNodesCampaign {

  private static final int KILLS = Integer.getInteger("storage.kills", 500);
  private static final long SEED = Long.getLong("seed", System.currentTimeMillis());

  @TempDir private Path directory;

  @Test
  void aLoneNodeLosesNothingAcknowledged(Cluster cluster) {
    assertThat(kill(cluster, List.of("a"))).isPositive();
  }

  @Test
  void noneOfThreeNodesLosesAnythingAcknowledged(Cluster cluster) {
    assertThat(kill(cluster, List.of("a", "b", "c"))).isPositive();
  }

  private long kill(Cluster cluster, List<String> names) {
    return KilledNodesIT.killAgainAndAgain(cluster, directory, names, KILLS / 2, SEED);
  }
}
