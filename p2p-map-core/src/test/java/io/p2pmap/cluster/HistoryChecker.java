package io.p2pmap.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges what the nodes of a test did and were told, after all faults have healed and the nodes
 * agree: I1 convergence, I2 no resurrection, I3 no lost write, I4 sessions, I5 events, and I10
 * bounded transfers. It knows nothing of stamps or messages: only what a user of the API sees.
 */
final class HistoryChecker {

  private HistoryChecker() {}

  /**
   * Every promise that the runs did not keep.
   *
   * @param runs every run of every node
   * @param doConfirmedSurvive whether a write that all members had confirmed must be there at the
   *     end although its writer ended; so unless all who had it ended, too
   */
  static List<Breach> breaches(List<NodeRun> runs, boolean doConfirmedSurvive) {
    List<Breach> breaches = new ArrayList<>();
    for (NodeRun run : runs) {
      breaches.addAll(EventRules.breaches(run));
      breaches.addAll(SessionRules.breaches(run));
    }
    breaches.addAll(new OutcomeRules(runs, doConfirmedSurvive).breaches());
    return breaches;
  }

  /**
   * I10: after a heal, at most two transfers a pair of nodes. It is the sum that counts: if the
   * parts of a cluster merge one after the other, a pair may pass on what one of them got
   * meanwhile.
   */
  static List<Breach> transferBreaches(PairTransfers transfers, int nodes) {
    int pairs = nodes * (nodes - 1) / 2;
    return transfers.sum() <= 2L * pairs
        ? List.of()
        : List.of(Breach.of("I10", "transfers among %d nodes: %s", nodes, transfers.counts()));
  }
}
