package io.p2pmap.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.replication.SimulatedNetwork.Packet;
import io.p2pmap.internal.wire.MessageType;
import org.junit.jupiter.api.Test;

/**
 * Attacks on what expires, that random schedules meet rarely; each succeeds only without its rule.
 */
class DirectedExpiryTest {

  /** As with B3, but what replaced the slow write has expired instead of being removed. */
  @Test
  void anExpiredEntryLeavesByProofAndNotByTheClockAlone() {
    Attack.succeedsOnlyWithout(
        ExtensionAblations.proofOfExpiry(),
        ablation -> DirectedCluster.of(4, ablation),
        c -> {
          c.put(0, "a");
          c.batch(0, 1);
          Packet slow = c.delay(MessageType.BATCH, 0, 2);
          c.loseAll();
          c.put(1, "a", 5);
          c.batch(1, 2);
          c.loseAll();
          c.cluster.advance(500);
          c.report(2);
          c.arrive(slow);
          c.settle();
        });
  }

  /** As with B4, but what was replaced has expired instead of being removed. */
  @Test
  void anExpiredEntryThatLeavesRaisesTheHorizon() {
    Attack.succeedsOnlyWithout(
        ExtensionAblations.horizonOfExpired(),
        ablation -> DirectedCluster.of(3, ablation),
        c -> {
          c.cluster.judge.retentionMayExpire = true;
          c.put(0, "a");
          c.exchangeAll();
          c.see(0, 1);
          c.put(1, "a", 5);
          c.exchange(0, 1);
          c.cluster.advance(2_000); // node 2 is given up
          c.agree(0, 1);
          assertThat(c.node(0).live).isEmpty();
          c.loseAll();
          c.see(0, 2);
          c.exchange(0, 2);
          c.settle();
        });
  }

  /** A late entry that has not expired is not dropped. */
  @Test
  void aLateEntryLivesItsTime() {
    Attack.succeedsOnlyWithout(
        ExtensionAblations.lateExpiring(),
        ablation -> {
          DirectedCluster c = DirectedCluster.of(4, ablation);
          c.cluster.judge.retentionMayExpire = true;
          c.put(0, "a", 100_000);
          c.batch(0, 2);
          c.batch(0, 3);
          c.loseAll();
          c.cluster.advance(10);
          c.remove(1, "b");
          c.batch(1, 3); // node 3 has seen both
          c.loseAll();
          c.see(1);
          c.cluster.advance(2_000);
          c.report(1);
          c.see(1, 2);
          c.loseAll();
          return c;
        },
        c -> {
          c.pull(1, 2);
          c.settle();
        });
  }
}
