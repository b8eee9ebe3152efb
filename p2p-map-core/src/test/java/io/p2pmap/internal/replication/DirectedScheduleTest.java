package io.p2pmap.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmap.internal.replication.SimulatedNetwork.Packet;
import io.p2pmap.internal.wire.MessageType;
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
          for (int slot = 0; slot < 4; slot++) {
            c.report(slot);
          }
          for (int other : new int[] {0, 1, 3}) {
            c.deliver(MessageType.DIGEST, other, 2); // by hash; node 2 answers with its vector
            c.deliver(MessageType.DIGEST, 2, other);
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
}
