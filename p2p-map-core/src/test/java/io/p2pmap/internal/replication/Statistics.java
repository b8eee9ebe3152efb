package io.p2pmap.internal.replication;

/** What happened in a schedule, or in many. */
final class Statistics {

  long schedules;
  long writes;
  long transfers;
  long adopted;
  long adoptedRemoved;
  long collected;
  long restarts;
  long early;
  long rotations;
  long overflows;
  int mostRounds;
  int mostTransfersOfAPair;

  private int[][] ofPairs = new int[8][8];

  void transfer(int from, int to) {
    transfers++;
    ofPairs[from][to]++;
  }

  void forgetPairs() {
    ofPairs = new int[8][8];
  }

  int mostTransfersOfAPair() {
    int most = 0;
    for (int[] row : ofPairs) {
      for (int count : row) {
        most = Math.max(most, count);
      }
    }
    return most;
  }

  void add(Statistics other) {
    schedules += other.schedules;
    writes += other.writes;
    transfers += other.transfers;
    adopted += other.adopted;
    adoptedRemoved += other.adoptedRemoved;
    collected += other.collected;
    restarts += other.restarts;
    early += other.early;
    rotations += other.rotations;
    overflows += other.overflows;
    mostRounds = Math.max(mostRounds, other.mostRounds);
    mostTransfersOfAPair = Math.max(mostTransfersOfAPair, other.mostTransfersOfAPair);
  }

  @Override
  public String toString() {
    return ("%,d schedules: %,d writes, %,d restarts, %,d transfers, %,d collected, %,d early batches,"
            + " %,d overflows, %,d adopted (%,d of them known to be removed), %,d rotations;"
            + " at most %d rounds and %d transfers a pair to converge")
        .formatted(
            schedules,
            writes,
            restarts,
            transfers,
            collected,
            early,
            overflows,
            adopted,
            adoptedRemoved,
            rotations,
            mostRounds,
            mostTransfersOfAPair);
  }
}
