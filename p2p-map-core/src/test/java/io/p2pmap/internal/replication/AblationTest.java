package io.p2pmap.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the simulator: with one rule broken, random schedules fail soon. Rules that they miss have
 * their own schedule in the classes of directed schedules.
 */
class AblationTest {

  private static final long FIXED_SEED = 1;

  static Stream<Arguments> brokenRules() {
    return Stream.of(
        broken("B2 a batch advances what was seen", Ablations.advanceOnly(), 300),
        broken("B6 a fresh origin at every start", Ablations.originPerStart(), 300),
        broken("B10 stamped and queued as one", Ablations.stampAndQueueAsOne(), 100),
        broken("B11 values are opaque", Ablations.opaqueValues(), 100),
        broken("B12 vector and entries as one", Ablations.vectorAndEntriesAsOne(), 500),
        broken("B15 clocks are merged", Ablations.clockMerge(), 100),
        broken("B22 no gaps", Ablations.gapRule(), 100),
        broken("B34 members only", Ablations.fence(), 300),
        broken("equal digests prove", ExtensionAblations.proofByEqualDigest(), 50),
        broken("parts are applied together", ExtensionAblations.partsTogether(), 100),
        broken("conflation inside messages", ExtensionAblations.conflationInsideMessages(), 300),
        broken("beaten writes are sent", ExtensionAblations.beatenWritesAreSent(), 300),
        broken("expired entries stay a while", ExtensionAblations.expiryMargin(), 300),
        broken("only confirmed clocks count", ExtensionAblations.confirmedClock(), 500));
  }

  private static Arguments broken(String rule, Ablation ablation, long schedules) {
    return Arguments.of(Named.of(rule, ablation), schedules);
  }

  @ParameterizedTest(name = "without \"{0}\"")
  @MethodSource("brokenRules")
  void aBrokenRuleIsFound(Ablation ablation, long schedules) {
    Campaign campaign = new Campaign(FIXED_SEED, schedules, ablation, 1).run();
    assertThat(campaign.failures()).isNotEmpty();
  }

  /** What a former member's early batch holds can't be collected before its gap is closed. */
  @Test
  void theFenceForEarlyBatchesHoldsEitherWay() {
    Campaign campaign =
        new Campaign(FIXED_SEED, 1_000, ExtensionAblations.fenceOfEarlyBatches(), 1).run();
    assertThat(campaign.failures()).isEmpty();
  }
}
