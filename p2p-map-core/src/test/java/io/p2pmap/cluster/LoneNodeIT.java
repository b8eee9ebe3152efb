package io.p2pmap.cluster;

import static org.awaitility.Awaitility.await;

import io.p2pmap.ReplicatedMap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoneNodeIT {

  @Test
  void whoHasMetNobodyYetKeepsItsRemovals() {
    Duration often = Duration.ofMillis(100); // six times that are soon over
    try (LocalNodes nodes = LocalNodes.start(1, builder -> builder.syncInterval(often))) {
      ReplicatedMap<String, String> map = nodes.map(0);
      map.put("key", "value");
      map.remove("key");

      await()
          .during(Duration.ofSeconds(4)) // some scans
          .atMost(Duration.ofSeconds(10))
          .until(() -> map.status().tombstones() == 1);
    }
  }
}
