package io.p2pmap.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.replication.SimulatedNetwork.Packet;
import io.p2pmap.internal.wire.MessageType;
import org.junit.jupiter.api.Test;

/**
 * Attacks on what is applied, seen, and sent, that random schedules meet rarely; each succeeds only
 * without its rule.
 */
class DirectedScheduleTest {

  /** B1: a batch is repeated when its key's removal has left everywhere. */
  @Test
  void whatWasSeenIsNotAppliedAgain() {
    Attack.succeedsOnlyWithout(
        Ablations.admission(),
        ablation -> DirectedCluster.of(4, ablation),
        c -> {
          c.put(0, "a");
          Packet repeated = c.delay(MessageType.BATCH, 0, 2);
          c.arrive(repeated);
          c.exchangeAll();
          c.remove(1, "a");
          c.exchangeAll();
          c.agree(0, 1, 2, 3);
          assertThat(c.node(2).state.contents.tombstones()).isEmpty();
          c.arrive(repeated);
          c.settle();
        });
  }

  /** B2: a batch is overtaken by a transfer that holds it, and the next one. */
  @Test
  void aBatchDoesNotTakeBackWhatWasSeen() {
    Attack.succeedsOnlyWithout(
        Ablations.advanceOnly(),
        ablation -> DirectedCluster.of(4, ablation),
        c -> {
          c.put(0, "a");
          Packet slow = c.delay(MessageType.BATCH, 0, 2);
          c.put(0, "b");
          c.delay(MessageType.BATCH, 0, 2);
          c.exchangeAll();
          c.agree(0, 1, 2, 3);
          c.arrive(slow);
          c.settle();
        });
  }

  /** B7: a machine was copied while it ran; both copies write under one origin. */
  @Test
  void copiesOfARunningNodeTakeNewOrigins() {
    Attack.succeedsOnlyWithout(
        Ablations.rotation(),
        ablation -> {
          DirectedCluster c = DirectedCluster.of(3, Ablations.withSharedFirstOrigin(ablation));
          c.cluster.judge.isDivergenceExpected = true;
          return c;
        },
        c -> {
          c.put(0, "a");
          c.put(1, "b");
          c.exchangeAll();
          c.settle();
        });
  }

  /** B8: the receiver of a delta has lost what the delta starts from. */
  @Test
  void aDeltaIsRefusedByWhoHasLostItsBase() {
    Attack.succeedsOnlyWithout(
        Ablations.sinceGuard(),
        ablation -> DirectedCluster.of(3, ablation),
        c -> {
          c.put(0, "a");
          c.exchangeAll();
          c.put(0, "b");
          c.batch(0, 2);
          c.loseAll();
          c.report(2);
          c.deliver(MessageType.DIGEST, 2, 1);
          c.deliver(MessageType.DIGEST, 1, 2); // its vector
          c.deliver(MessageType.DIGEST, 2, 1); // the vector of node 2
          c.deliver(MessageType.DIGEST, 1, 2); // its request
          Packet delta = c.delay(MessageType.CHUNK, 2, 1);
          c.reopenEmpty(1);
          c.see(0, 1, 2);
          c.loseAll();
          c.arrive(delta);
          c.settle();
        });
  }

  /** B9: with more parts than the window, the last ones leave long after the first. */
  @Test
  void aTransferHoldsTheEntriesOfTheInstantOfItsVector() {
    Attack.succeedsOnlyWithout(
        Ablations.vectorBeforeEntries(),
        ablation -> {
          DirectedCluster c = DirectedCluster.of(2, ablation, Scale.ofTinyMessages());
          c.see(0);
          c.see(1);
          return c;
        },
        c -> {
          for (char key = 'a'; key < 'p'; key++) {
            c.put(0, String.valueOf(key));
          }
          c.see(0, 1);
          c.loseAll();
          c.report(0);
          c.deliver(MessageType.DIGEST, 0, 1);
          c.deliver(MessageType.DIGEST, 1, 0); // its vector
          c.deliver(MessageType.DIGEST, 0, 1); // the vector of node 0
          c.deliver(MessageType.DIGEST, 1, 0); // its request
          c.put(0, "o");
          c.delay(MessageType.BATCH, 0, 1);
          c.exchangeAll();
          c.settle();
        });
  }

  /** B13: damage of the worst kind: each of two replicas has lost what the other has. */
  @Test
  void aRepairLosesNothing() {
    Attack.succeedsOnlyWithout(
        Ablations.safeRepair(),
        ablation -> DirectedCluster.of(2, ablation),
        c -> {
          c.put(0, "a");
          c.put(1, "b");
          c.agree(0, 1);
          c.cluster.judge.isDivergenceExpected = true;
          c.damage(0, "a");
          c.damage(1, "b");
          c.agree(0, 1);
          c.agree(0, 1);
          assertThat(c.node(0).live).containsKeys("a", "b");
          assertThat(c.node(1).live).isEqualTo(c.node(0).live);
        });
  }

  /** B34: the batch of a member that is gone arrives when nobody is left who had seen it. */
  @Test
  void whoIsNotInTheViewIsNotListenedTo() {
    Attack.succeedsOnlyWithout(
        Ablations.fence(),
        ablation -> {
          DirectedCluster c = DirectedCluster.stopped(4, ablation);
          c.cluster.isPersisted = true;
          c.start(0).start(1).start(2).start(3).see(0, 1, 2, 3);
          c.exchangeAll();
          return c;
        },
        c -> {
          c.put(0, "a");
          c.batch(0, 2);
          Packet slow = c.delay(MessageType.BATCH, 0, 1);
          c.loseAll();
          c.remove(2, "a");
          c.exchange(1, 2, 3);
          c.restartEmpty(0);
          c.restartEmpty(2);
          c.cluster.deliversToLaterRuns = true;
          c.see(0, 1, 2, 3);
          c.agree(0, 1, 2, 3);
          assertThat(c.node(1).state.contents.tombstones()).isEmpty();
          c.arrive(slow);
          c.settle();
        });
  }

  /** A replica that starts over behind its old sender has not what it once acknowledged. */
  @Test
  void whatWasAcknowledgedInAnEarlierViewDoesNotCount() {
    Attack.succeedsOnlyWithout(
        ExtensionAblations.acknowledgedInThisView(),
        ablation -> DirectedCluster.of(3, ablation),
        c -> {
          c.put(0, "a");
          c.agree(0, 1, 2);
          assertThat(c.node(0).replica.reached(c.node(0).replica.lastWrite()).confirmed())
              .isEqualTo(2);
          c.reopenEmpty(1);
          c.see(0, 1, 2);
          c.settle();
        });
  }

  /** M is kept by incarnation: a node that never writes has no origin, and is waited for. */
  @Test
  void readersAcknowledgeToo() {
    DirectedCluster c = DirectedCluster.of(3, Ablation.NONE);
    c.remove(0, "a");
    c.exchangeAll();
    c.report(1);
    c.exchange(0, 1);
    c.report(0);
    assertThat(c.node(0).state.contents.tombstones()).as("node 2 is unheard").hasSize(1);
    c.agree(0, 1, 2);
    assertThat(c.node(0).state.contents.tombstones()).isEmpty();
    assertThat(c.node(0).replica.reached(c.node(0).replica.lastWrite()).confirmed()).isEqualTo(2);
  }
}
