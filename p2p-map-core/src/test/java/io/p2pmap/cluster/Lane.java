package io.p2pmap.cluster;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One of the clusters among which the faults of a campaign are shared out. They run at once, each
 * with its own network.
 *
 * @param faults how many it has to bear
 */
record Lane(int number, int faults) {

  private static final long SEED = Long.getLong("seed", System.currentTimeMillis());

  static List<Lane> share(int faults, int lanes) {
    return IntStream.range(0, lanes)
        .mapToObj(number -> new Lane(number, (faults + lanes - 1 - number) / lanes))
        .filter(lane -> lane.faults > 0)
        .toList();
  }

  static void printSeed() {
    Figures.print("fault campaign with -Dseed=%d", SEED);
  }

  Random random() {
    return new Random(SEED + number);
  }

  boolean isJudgementDue(int fault, int faultsAJudgement) {
    return fault % faultsAJudgement == 0 || fault == faults;
  }

  /** Checks all promises, tells so, and lets the cluster begin anew. */
  void judge(FaultyCluster faulty, int fault, String faults) {
    faulty.check();
    faulty.beginAnew();
    Figures.print("%d %s of %s: 0 lost, 0 resurrected, 0 divergences", fault, faults, this);
  }
}
