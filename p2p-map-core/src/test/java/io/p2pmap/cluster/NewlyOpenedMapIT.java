package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.MapSpec;
import io.p2pmap.Reach;
import io.p2pmap.ReplicatedMap;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A map that was opened a moment ago, on a node that runs, knows the others from the start. */
class NewlyOpenedMapIT {

  private static final int ROUNDS = 200;

  @Test
  void whatIsReplicatedToAllIsOnAllThatHostTheMap() throws Exception {
    try (LocalNodes nodes = LocalNodes.start(2)) {
      for (int round = 1; round <= ROUNDS; round++) {
        ReplicatedMap<String, String> there = nodes.node(1).open(spec(round));
        ReplicatedMap<String, String> here = nodes.node(0).open(spec(round));
        here.put("key", "value");
        here.whenReplicated(Reach.ALL).get(20, TimeUnit.SECONDS);
        assertThat(there.get("key")).as("value there in round %d", round).isEqualTo("value");
      }
    }
  }

  @Test
  void itIsInSyncOnlyWhenItHoldsWhatTheOthersHold() throws InterruptedException {
    try (LocalNodes nodes = LocalNodes.start(2)) {
      for (int round = 1; round <= ROUNDS; round++) {
        nodes.node(1).open(spec(round)).put("key", "value");
      }
      for (int round = 1; round <= ROUNDS; round++) {
        ReplicatedMap<String, String> here = nodes.node(0).open(spec(round));
        assertThat(here.awaitInSync(Duration.ofSeconds(20))).isTrue();
        assertThat(here.get("key")).as("value here in round %d", round).isEqualTo("value");
      }
    }
  }

  private static MapSpec<String, String> spec(int round) {
    return MapSpec.of("map-" + round, String.class, String.class);
  }
}
