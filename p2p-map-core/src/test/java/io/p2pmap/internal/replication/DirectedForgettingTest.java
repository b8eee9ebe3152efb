package io.p2pmap.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.SimulatedNetwork.Packet;
import io.p2pmap.internal.wire.MessageType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Attacks on what is forgotten, that random schedules meet rarely; each succeeds only without its
 * rule.
 */
class DirectedForgettingTest {

  /** B3: all have seen the removal, but one of them not what it removed, which is on its way. */
  @Test
  void aTombstoneWaitsForTheWritesThatItsWitnessesHaveSeen() {
    Attack.succeedsOnlyWithout(
        Ablations.strongCollection(),
        ablation -> DirectedCluster.of(4, ablation),
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

  /** B35: who is away is not known to a newcomer, who would forget what that one must be told. */
  @Test
  void aNewcomerWaitsForThoseWhoAreAway() {
    Attack.succeedsOnlyWithout(
        Ablations.inheritedKnown(),
        ablation -> {
          DirectedCluster c = DirectedCluster.stopped(4, ablation);
          c.start(0).start(1).start(2).see(0, 1, 2);
          c.agree(0, 1, 2);
          return c;
        },
        c -> {
          c.put(0, "a");
          c.batch(0, 1);
          c.loseAll();
          c.remove(1, "a");
          c.batch(1, 2);
          c.loseAll();
          c.see(1, 2); // node 0 is cut off
          c.restartEmpty(1);
          c.see(2);
          c.start(3).see(2, 3);
          c.agree(2, 3);
          c.see(0, 3);
          c.agree(0, 3);
          c.settle();
        });
  }

  /**
   * B36: for who begins alone, among others that it has not met, all that they hold is late once it
   * has forgotten anything; and what it adopts of it replaces their newest writes.
   */
  @Test
  void whoBeginsAloneForgetsNothingUntilItCanHaveMetTheOthers() {
    Attack.succeedsOnlyWithout(
        Ablations.youth(),
        ablation -> {
          DirectedCluster c = DirectedCluster.stopped(3, ablation, Scale.ofLongYouth());
          c.start(0).start(1).start(2).see(0, 1, 2);
          c.agree(0, 1, 2);
          return c;
        },
        c -> {
          c.put(2, "a");
          c.exchangeAll();
          c.restartEmpty(0);
          c.see(0);
          c.see(1, 2);
          c.put(0, "b");
          c.remove(0, "b");
          c.report(0);
          c.see(0, 1, 2);
          c.put(2, "a");
          Entry<String> newest = c.node(2).live.get("a");
          c.loseAll();
          c.pull(0, 1); // which has the older one
          c.settle();
          Judge.expect(
              c.node(1).live.get("a").equals(newest), "an older value has replaced a newer");
        });
  }

  /** B4: whoever joined by a full state must know what was forgotten before. */
  @Test
  void aNewcomerInheritsTheHorizon() {
    Attack.succeedsOnlyWithout(
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

  /** B5: only one of two has forgotten a removal when a concurrent put arrives at both. */
  @Test
  void aLateEntryIsAdopted() {
    Attack.succeedsOnlyWithout(
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

  /** Rule j: a removal that comes late is kept, so that nobody jumps over it. */
  @Test
  void aLateRemovalIsPassedOn() {
    Attack.succeedsOnlyWithout(
        ExtensionAblations.lateRemovals(),
        DirectedForgettingTest::oneHasForgottenMoreThanTheOthersKnow,
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
    forgetAlone(c, 1);
    c.see(1, 2);
    c.loseAll();
    return c;
  }

  /** A node is alone until it has forgotten its removals. */
  private static void forgetAlone(DirectedCluster c, int slot) {
    c.see(slot);
    c.cluster.advance(2_000);
    c.report(slot);
    assertThat(c.node(slot).state.contents.tombstones()).isEmpty();
  }

  /** Rule j: two newcomers with slow clocks; one removes what the other wrote. */
  @Test
  void aLateRemovalBeatsWhatIsOlderAndComesLaterStill() {
    Attack.succeedsOnlyWithout(
        ExtensionAblations.lateRemovals(),
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

  /**
   * Rule j: node 1, alone, has forgotten a later removal; that of a must reach node 2 through it.
   * Node 0, which removed a, comes back from a disk that has not got that far.
   */
  @Test
  void aLateRemovalIsKeptForThoseWhoComeBackWithoutIt() {
    Attack.succeedsOnlyWithout(
        ExtensionAblations.lateRemovals(),
        ablation -> {
          DirectedCluster c = DirectedCluster.stopped(3, ablation);
          c.cluster.isPersisted = true;
          c.start(0).see(0);
          c.put(0, "a");
          ReplicaSnapshot<String> onDisk = c.node(0).snapshot();
          c.restart(0, onDisk);
          c.start(2).see(0, 2);
          c.loseAll();
          c.cluster.advance(10);
          c.remove(0, "a");
          c.batch(0, 2);
          c.restart(0, onDisk);
          c.start(1).see(1);
          c.cluster.advance(10);
          c.remove(1, "b");
          forgetAlone(c, 1);
          return c;
        },
        c -> {
          c.see(1, 2);
          c.loseAll();
          c.pull(1, 2);
          c.loseAll();
          c.pull(2, 1);
          c.see(0, 1, 2);
          c.loseAll();
          c.pull(2, 0);
          c.settle();
        });
  }

  /** Rule j: a removal that was kept although it came late may not be the last one of its key. */
  @Test
  void aLateRemovalLeavesNewerEntriesInDoubt() {
    Attack.succeedsOnlyWithout(
        ExtensionAblations.lastRemoval(),
        DirectedForgettingTest::oneKeepsAnOlderRemovalThanItHasForgotten,
        c -> {
          c.pull(1, 3);
          c.loseAll();
          c.see(0, 1);
          c.loseAll();
          c.pull(0, 1);
          c.settle();
        });
  }

  /** Rule j: nor does it say anything of a newer entry to those who get it in a full state. */
  @Test
  void aFullStateWithALateRemovalLeavesNewerEntriesInDoubt() {
    Attack.succeedsOnlyWithout(
        ExtensionAblations.removalOfNewer(),
        DirectedForgettingTest::oneKeepsAnOlderRemovalThanItHasForgotten,
        c -> {
          c.pull(3, 1);
          c.loseAll();
          c.see(0, 3);
          c.loseAll();
          c.pull(0, 3);
          c.settle();
        });
  }

  /**
   * Node 2 removes a, node 3 puts it, node 1 removes it again, of which only node 0 hears, forgets
   * that, given up and alone, and meets 2, and then 3.
   */
  private static DirectedCluster oneKeepsAnOlderRemovalThanItHasForgotten(Ablation ablation) {
    DirectedCluster c = DirectedCluster.of(4, ablation);
    c.cluster.judge.retentionMayExpire = true;
    c.remove(2, "a");
    c.cluster.advance(10);
    c.put(3, "a");
    c.cluster.advance(10);
    c.remove(1, "a");
    c.batch(1, 0);
    c.loseAll();
    forgetAlone(c, 1);
    c.see(1, 2);
    c.loseAll();
    c.pull(1, 2);
    assertThat(c.node(1).state.contents.tombstones()).hasSize(1);
    c.see(1, 3);
    c.loseAll();
    return c;
  }

  /**
   * B33: holds either way as far as random schedules and thought go, since whatever hides a write
   * is in the horizon; so the sender's state is made up here.
   */
  @Test
  void anOlderEntryOfWhoHasSeenANewerOneMeansThatTheNewerWasRemoved() {
    Attack.succeedsOnlyWithout(
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
              new Message.Header(
                  Message.Kind.FULL, new VersionVector(), seen, seen, sum, Map.of(), Map.of());
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
}
