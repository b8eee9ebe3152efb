package io.p2pmap.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.SimulatedNetwork.Packet;
import io.p2pmap.internal.wire.MessageType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Attacks that random schedules meet rarely, written by hand; each succeeds without its rule. */
class DirectedScheduleTest {

  private static void breaksOnlyWithout(
      Ablation ablation,
      Function<Ablation, DirectedCluster> start,
      Consumer<DirectedCluster> schedule) {
    DirectedCluster sound = start.apply(Ablation.NONE);
    assertThatCode(() -> schedule.accept(sound))
        .as(() -> sound.cluster.trace.toString())
        .doesNotThrowAnyException();
    DirectedCluster broken = start.apply(ablation);
    assertThatThrownBy(() -> schedule.accept(broken))
        .as(() -> broken.cluster.trace.toString())
        .isInstanceOfAny(Violation.class, AssertionError.class);
  }

  private static Function<Ablation, DirectedCluster> four() {
    return ablation -> DirectedCluster.of(4, ablation);
  }

  /** B1: a batch is repeated when its key's removal has left everywhere. */
  @Test
  void whatWasSeenIsNotAppliedAgain() {
    breaksOnlyWithout(
        Ablations.admission(),
        four(),
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
    breaksOnlyWithout(
        Ablations.advanceOnly(),
        four(),
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

  /** B5: only one of two has forgotten a removal when a concurrent put arrives at both. */
  @Test
  void aLateEntryIsAdopted() {
    breaksOnlyWithout(
        Ablations.lateRule(),
        ablation -> {
          DirectedCluster c = DirectedCluster.stopped(4, ablation);
          c.start(0).start(1).start(2).start(3).see(0, 1);
          c.see(2, 3);
          c.exchangeAll();
          return c;
        },
        c -> {
          c.cluster.put(3, "a");
          c.cluster.advance(10);
          c.put(0, "a");
          c.remove(0, "a");
          c.exchangeAll();
          c.report(1);
          c.exchange(0, 1);
          c.report(0);
          assertThat(c.node(0).state.contents.tombstones()).isEmpty();
          assertThat(c.node(1).state.contents.tombstones()).hasSize(1);
          c.see(0, 1, 2, 3);
          c.batch(3, 0);
          c.batch(3, 1);
          c.settle();
        });
  }

  /** B3: all have seen the removal, but one of them not what it removed, which is on its way. */
  @Test
  void aTombstoneWaitsForTheWritesThatItsWitnessesHaveSeen() {
    breaksOnlyWithout(
        Ablations.strongCollection(),
        four(),
        c -> {
          c.put(0, "a");
          c.batch(0, 1);
          c.batch(0, 3);
          Packet slow = c.delay(MessageType.BATCH, 0, 2);
          c.remove(1, "a");
          c.exchangeAll();
          c.report(2);
          for (int other : new int[] {0, 1, 3}) {
            c.deliver(MessageType.DIGEST, 2, other);
            c.deliver(MessageType.DIGEST, other, 2); // the vector of the other
          }
          c.report(2);
          c.arrive(slow);
          c.settle();
        });
  }

  /** B4: whoever joined by a full state must know what was forgotten before. */
  @Test
  void aNewcomerInheritsTheHorizon() {
    breaksOnlyWithout(
        Ablations.inheritedHorizon(),
        ablation -> {
          DirectedCluster c = DirectedCluster.stopped(4, ablation);
          c.start(0).start(1).start(3).see(0, 1, 3);
          c.agree(0, 1, 3);
          return c;
        },
        c -> {
          c.put(0, "a");
          c.exchange(0, 1, 3);
          c.see(0, 1);
          c.remove(1, "a");
          c.exchange(0, 1);
          c.cluster.advance(2_000); // node 3 is given up
          c.agree(0, 1);
          assertThat(c.node(0).state.contents.tombstones()).isEmpty();
          c.start(2);
          c.see(0, 1, 2);
          c.agree(0, 1, 2);
          c.cluster.judge.retentionMayExpire = true;
          c.loseAll();
          c.see(2, 3);
          c.exchange(2, 3);
          c.settle();
        });
  }

  /** B7: a machine was copied while it ran; both copies write under one origin. */
  @Test
  void copiesOfARunningNodeTakeNewOrigins() {
    breaksOnlyWithout(
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
    breaksOnlyWithout(
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
    breaksOnlyWithout(
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
    breaksOnlyWithout(
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

  /** B32: a removal that came too late to be stored must still not be jumped over. */
  @Test
  void anIgnoredRemovalRaisesTheHorizon() {
    breaksOnlyWithout(
        Ablations.horizonOfIgnored(),
        DirectedScheduleTest::oneHasForgottenMoreThanTheOthersKnow,
        c -> {
          c.pull(1, 2); // the removal of a is late at node 1
          c.loseAll();
          c.see(1, 3);
          c.loseAll();
          c.pull(3, 1); // node 3 still holds a
          c.settle();
        });
  }

  /** Node 3 holds a; node 2 has removed it; node 1, given up and alone, forgot a later removal. */
  private static DirectedCluster oneHasForgottenMoreThanTheOthersKnow(Ablation ablation) {
    DirectedCluster c = DirectedCluster.of(4, ablation);
    c.cluster.judge.retentionMayExpire = true;
    c.put(0, "a");
    c.batch(0, 2);
    c.batch(0, 3);
    c.loseAll();
    c.cluster.advance(10);
    c.remove(2, "a");
    c.loseAll();
    c.cluster.advance(10);
    c.remove(1, "b");
    c.batch(1, 3);
    c.loseAll();
    c.see(1);
    c.cluster.advance(2_000);
    c.report(1);
    assertThat(c.node(1).state.contents.tombstones()).isEmpty();
    c.see(1, 2);
    c.loseAll();
    return c;
  }

  /** B34: the batch of a member that is gone arrives when nobody is left who had seen it. */
  @Test
  void whoIsNotInTheViewIsNotListenedTo() {
    breaksOnlyWithout(
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

  /** Rule j: two newcomers with slow clocks; one removes what the other wrote. */
  @Test
  void anIgnoredRemovalIsRemembered() {
    breaksOnlyWithout(
        Ablations.ignoredRemovals(),
        ablation -> {
          DirectedCluster c = DirectedCluster.stopped(4, ablation);
          c.start(0).start(1).see(0, 1);
          c.cluster.clock(1).errorMillis = 1_000;
          c.remove(1, "b");
          c.cluster.clock(1).errorMillis = 0;
          c.agree(0, 1);
          assertThat(c.node(1).state.contents.tombstones()).isEmpty();
          c.start(2).start(3).see(0, 1, 2, 3);
          c.loseAll();
          return c;
        },
        c -> {
          c.put(2, "a");
          c.batch(2, 3);
          Packet slow = c.delay(MessageType.BATCH, 2, 1);
          c.loseAll();
          c.remove(3, "a");
          c.batch(3, 1);
          c.arrive(slow);
          c.settle();
        });
  }

  /** A replica that starts over behind its old sender has not what it once acknowledged. */
  @Test
  void whatWasAcknowledgedInAnEarlierViewDoesNotCount() {
    breaksOnlyWithout(
        Ablations.acknowledgedInThisView(),
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

  /** As with B3, but what replaced the slow write has expired instead of being removed. */
  @Test
  void anExpiredEntryLeavesByProofAndNotByTheClockAlone() {
    breaksOnlyWithout(
        Ablations.proofOfExpiry(),
        four(),
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
    breaksOnlyWithout(
        Ablations.horizonOfExpired(),
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
    breaksOnlyWithout(
        Ablations.lateExpiring(),
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

  /**
   * B33: holds either way as far as random schedules and thought go, since whatever hides a write
   * is in the horizon; so the sender's state is made up here.
   */
  @Test
  void anOlderEntryOfWhoHasSeenANewerOneMeansThatTheNewerWasRemoved() {
    breaksOnlyWithout(
        Ablations.absenceOfNewer(),
        ablation -> DirectedCluster.of(2, ablation),
        c -> {
          c.put(0, "a");
          c.exchangeAll();
          Entry<String> older = c.node(0).live.get("a");
          c.cluster.advance(10);
          c.put(0, "a");
          c.loseAll();
          c.cluster.judge.isDivergenceExpected = true;
          VersionVector seen = c.node(0).state.seen.copy();
          seen.advance(new UUID(9, 9), 1);
          Fingerprint sum = Fingerprint.of(List.of(older));
          Message.Header header =
              new Message.Header(Message.Kind.FULL, new VersionVector(), seen, seen, sum, Map.of());
          UUID sender = c.node(1).incarnation();
          c.node(0)
              .replica
              .receive(
                  sender,
                  new Message.Chunk<>(1, 0, true, header, List.of(older)),
                  c.node(0).clock.now());
          assertThat(c.node(0).live).doesNotContainEntry("a", older);
          assertThat(c.node(0).live).isEmpty();
        });
  }

  /** A member that leaves before it has reported may hold what a removal here was meant for. */
  @Test
  void aTombstoneWaitsForWhoLeftBeforeItReported() {
    DirectedCluster c = DirectedCluster.stopped(3, Ablation.NONE);
    c.start(0).start(1).start(2).see(0, 1, 2);
    c.loseAll();
    c.put(0, "a");
    c.batch(0, 1);
    Packet slow = c.delay(MessageType.BATCH, 0, 2);
    c.remove(1, "a");
    c.batch(1, 2);
    c.loseAll();
    c.see(2); // cut off before anybody has reported to it
    c.report(2);
    assertThat(c.node(2).state.contents.tombstones()).hasSize(1);
    c.see(0, 1, 2);
    c.loseAll();
    c.arrive(slow);
    c.settle();
  }
}
