package io.p2pmap.internal.replication;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import java.util.function.Function;

/** A schedule written by hand against one rule. */
final class Attack {

  private Attack() {}

  /** Fails unless {@code schedule} does no harm with all rules, and does without the one. */
  static void succeedsOnlyWithout(
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
}
