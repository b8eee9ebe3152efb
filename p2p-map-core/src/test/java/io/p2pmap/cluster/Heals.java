package io.p2pmap.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How the faults of a campaign healed, in all its clusters. Nothing is judged before the end, so
 * that one slow heal does not hide the others. Threading: any thread.
 */
final class Heals {

  private final String faults;
  private final List<Heal> heals = new ArrayList<>();

  /**
   * One fault that is over.
   *
   * @param fault what it was
   * @param taken from its end until all nodes held the same
   * @param transfers what the nodes exchanged from its end on
   */
  private record Heal(String fault, Duration taken, PairTransfers transfers) {}

  Heals(String faults) {
    this.faults = faults;
  }

  synchronized void add(Duration taken, PairTransfers transfers, String fault, Object... details) {
    Heal heal = new Heal(fault.formatted(details), taken, transfers);
    heals.add(heal);
    if (taken.compareTo(FaultyCluster.HEAL_LIMIT) > 0 || transfers.most() > 2) {
      Figures.print("late or costly: %s", heal);
    }
  }

  /** Prints how many there were, and what they took. */
  synchronized void print() {
    if (heals.isEmpty()) {
      return;
    }
    long[] nanos = heals.stream().mapToLong(heal -> heal.taken.toNanos()).toArray();
    Figures.print(
        "%d times the same again after %s: median %s, 99 of 100 within %s, all within %s;"
            + " at most %d transfers in all and %d of a pair, more than two of a pair %d times",
        heals.size(),
        faults,
        Figures.millis(Figures.percentile(nanos, 50)),
        Figures.millis(Figures.percentile(nanos, 99)),
        Figures.millis(Figures.percentile(nanos, 100)),
        most(PairTransfers::sum),
        most(PairTransfers::most),
        heals.stream().filter(heal -> heal.transfers.most() > 2).count());
  }

  private long most(ToLongFunction<PairTransfers> count) {
    return heals.stream().map(Heal::transfers).mapToLong(count).max().orElseThrow();
  }

  /** Checks that each took no longer, and no more transfers, than promised. */
  synchronized void assertWithin(Duration limit, int nodes) {
    assertThat(heals)
        .as("heals after %s", faults)
        .allSatisfy(
            heal -> {
              assertThat(heal.taken).as(heal.fault).isLessThanOrEqualTo(limit);
              assertThat(HistoryChecker.transferBreaches(heal.transfers, nodes))
                  .as(heal.fault)
                  .isEmpty();
            });
  }
}
