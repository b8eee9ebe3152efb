package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.internal.clock.HybridTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A stamp of any shape from the wire crashes nothing and locks nobody out. */
class StrangeStampsIT {

  private static final MapSpec<String, String> PRESENCE =
      MapSpec.of("presence", String.class, String.class).pruneOnPeerDown(true);

  @Test
  void malformedStampsChangeNothing() throws InterruptedException {
    long[] malformed =
        LongStream.concat(
                LongStream.of(
                    -1,
                    Long.MIN_VALUE,
                    Long.MIN_VALUE + 1,
                    HybridTime.MAX + 1,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE - 1),
                new Random(1).longs(200).map(random -> random | Long.MIN_VALUE))
            .toArray();
    try (LocalNodes nodes = LocalNodes.start(2)) {
      open(nodes);
      nodes.map(0).put("strange", "ours");
      try (StrangeMember member = joined(nodes)) {
        for (String map : List.of(LocalNodes.MAP.name(), PRESENCE.name())) {
          StrangeStamps stamps = new StrangeStamps(map, member.id());
          for (long time : malformed) {
            stamps.frames(time).forEach(member::say);
          }
        }
        assertAllWorks(nodes, "during");
      }
      awaitTwo(nodes);
      assertAllWorks(nodes, "after");
      assertThat(nodes.map(1).get("strange")).isEqualTo("ours");
      assertThat(nodes.map(0).entry("key during").orElseThrow().writtenAt().toEpochMilli())
          .isLessThanOrEqualTo(System.currentTimeMillis());
    }
  }

  @Test
  void theGreatestWellFormedStampsLockNobodyOut() throws InterruptedException {
    try (LocalNodes nodes = LocalNodes.start(2)) {
      open(nodes);
      try (StrangeMember member = joined(nodes)) {
        for (String map : List.of(LocalNodes.MAP.name(), PRESENCE.name())) {
          StrangeStamps stamps = new StrangeStamps(map, member.id());
          for (long time : new long[] {1, 1L << 62, HybridTime.MAX}) {
            stamps.intactFrames(time).forEach(member::say);
          }
        }
        await().until(() -> "value".equals(nodes.map(0).get("strange")));
        assertAllWorks(nodes, "during");
      }
      awaitTwo(nodes);
      assertAllWorks(nodes, "after");
      nodes.map(0).put("strange", "ours again");
      await().until(() -> "ours again".equals(nodes.map(1).get("strange")));
      assertThat(nodes.map(1).awaitInSync(Duration.ofSeconds(20))).isTrue();
    }
  }

  private static void open(LocalNodes nodes) {
    for (int i = 0; i < 2; i++) {
      nodes.node(i).open(PRESENCE);
    }
  }

  private static StrangeMember joined(LocalNodes nodes) {
    StrangeMember member = StrangeMember.join(nodes);
    await().until(() -> nodes.node(0).members().size() == 3 && nodes.node(1).members().size() == 3);
    return member;
  }

  private static void awaitTwo(LocalNodes nodes) {
    await().until(() -> nodes.node(0).members().size() == 2 && nodes.node(1).members().size() == 2);
  }

  /** Writes travel both ways, in both maps, and removals, too. */
  private static void assertAllWorks(LocalNodes nodes, String when) {
    for (MapSpec<String, String> spec : List.of(LocalNodes.MAP, PRESENCE)) {
      for (int i = 0; i < 2; i++) {
        ReplicatedMap<String, String> here = nodes.node(i).open(spec);
        ReplicatedMap<String, String> there = nodes.node(1 - i).open(spec);
        String key = "key " + when;
        String value = "value " + when + " of " + i;
        here.put(key, value);
        await(spec.name()).until(() -> value.equals(there.get(key)));
        here.put("removed", value);
        await(spec.name()).until(() -> value.equals(there.get("removed")));
        here.remove("removed");
        await(spec.name()).until(() -> !value.equals(there.get("removed")));
      }
    }
  }
}
