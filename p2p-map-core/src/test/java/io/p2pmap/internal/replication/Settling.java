package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The end of a schedule: everything works again, nobody writes; then all agree within a few rounds
 * of digests (I1) by a few transfers (I10), on the last writes (I3), and nothing is left of what
 * was removed or has expired.
 */
final class Settling {

  private static final int MAX_ROUNDS = 12;
  private static final int MAX_TRANSFERS_OF_A_PAIR = 3;
  private static final int ROUNDS_TO_COLLECT = 3;

  private final SimulatedCluster cluster;
  private final SimulatedMachines machines;

  Settling(SimulatedCluster cluster, SimulatedMachines machines) {
    this.cluster = cluster;
    this.machines = machines;
  }

  void run() {
    boolean isBacklogLost = cluster.random.nextBoolean();
    if (isBacklogLost) {
      cluster.running().forEach(node -> cluster.drain(node.slot));
      cluster.network.lose(any -> true);
    }
    machines.healAll();
    cluster.log(
        isBacklogLost
            ? "everything is healed, what was on its way is lost"
            : "everything is healed");
    cluster.statistics.forgetPairs();
    int rounds = 0;
    while (!isConverged()) {
      Judge.expect(rounds++ < MAX_ROUNDS, "not converged after %d rounds", MAX_ROUNDS);
      round();
    }
    cluster.log("converged after %d rounds", rounds);
    cluster.statistics.mostRounds = rounds;
    if (isBacklogLost) {
      int most = cluster.statistics.mostTransfersOfAPair();
      cluster.statistics.mostTransfersOfAPair = most;
      Judge.expect(most <= MAX_TRANSFERS_OF_A_PAIR, "%d transfers between two nodes", most);
    }
    checkAgreement();
    collect();
    checkAgreement();
    checkNothingLeft();
    SimulatedCluster.KEYS.forEach(this::checkLastWrite);
    cluster.running().forEach(this::count);
  }

  private void round() {
    cluster.advance(cluster.settings.syncInterval().toMillis() * 6 / 5 + 1);
    cluster.running().forEach(node -> cluster.tick(node.slot));
    exchange();
  }

  private void exchange() {
    int deliveries = 0;
    cluster.running().forEach(node -> cluster.drain(node.slot));
    while (!cluster.network.isEmpty()) {
      SimulatedNetwork.Packet packet = cluster.network.takeAny(cluster.random);
      if (packet != null) {
        cluster.deliver(packet);
        cluster.drain(packet.toSlot());
        Judge.expect(++deliveries < 5_000, "endless exchange");
      }
    }
  }

  private boolean isConverged() {
    List<SimulatedNode> nodes = cluster.running();
    return cluster.network.isEmpty()
        && nodes.stream().noneMatch(node -> node.replica.hasUnsent())
        && nodes.stream().allMatch(node -> node.state.seen.equals(nodes.get(0).state.seen));
  }

  /** Lets everything expire, and everybody be given up who is away. */
  private void collect() {
    exchange(); // or what is on its way would take longer than anybody is waited for
    cluster.advance(latestExpiryMillis() - cluster.millis + 200);
    cluster.advance(cluster.settings.retention().toMillis() + 1);
    for (int round = 0; round < ROUNDS_TO_COLLECT; round++) {
      cluster.advance(cluster.settings.scanInterval().toMillis());
      round();
    }
  }

  private long latestExpiryMillis() {
    return cluster.running().stream()
        .flatMap(node -> node.live.values().stream())
        .mapToLong(Entry::expiresAtMillis)
        .reduce(cluster.millis, Math::max);
  }

  private void checkAgreement() {
    SimulatedNode first = cluster.running().get(0);
    for (SimulatedNode node : cluster.running()) {
      boolean isEqual =
          node.state.seen.equals(first.state.seen)
              && node.state.contents.lasting().equals(first.state.contents.lasting());
      Judge.expect(isEqual, "%s and %s differ: %s, %s", first, node, first.live, node.live);
    }
  }

  private void checkNothingLeft() {
    for (SimulatedNode node : cluster.running()) {
      Contents<String> contents = node.state.contents;
      Judge.expect(
          contents.tombstones().isEmpty(), "%s keeps %s for ever", node, contents.tombstones());
      Judge.expect(contents.expiries().count() == 0, "%s keeps %s for ever", node, contents.live());
    }
  }

  /** I3: what is there is the greatest write that anybody knows of and nobody has seen replaced. */
  private void checkLastWrite(String key) {
    Entry<String> greatest = greatestSurviving(key);
    for (SimulatedNode node : cluster.running()) {
      Entry<String> held = node.live.get(key);
      boolean isGone = greatest == null || greatest.isTombstone() || greatest.expires();
      Entry<String> expected = isGone ? null : greatest;
      Judge.expect(
          Objects.equals(held, expected), "%s holds %s, last was %s", node, held, greatest);
    }
  }

  private Entry<String> greatestSurviving(String key) {
    BitSet known = new BitSet();
    cluster.running().forEach(node -> known.or(node.knowledge.of(key)));
    BitSet superseded = new BitSet();
    known.stream().forEach(id -> superseded.or(cluster.ledger.get(id).past()));
    known.andNot(superseded);
    return known.stream()
        .mapToObj(id -> cluster.ledger.get(id).entry())
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private void count(SimulatedNode node) {
    Statistics statistics = cluster.statistics;
    statistics.collected += node.count(Counter.TOMBSTONES_COLLECTED);
    statistics.collected += node.count(Counter.EXPIRED_COLLECTED);
    statistics.early += node.count(Counter.EARLY_BATCHES);
    statistics.rotations += node.count(Counter.ROTATIONS);
    statistics.overflows += node.count(Counter.OUTBOX_OVERFLOWS);
  }
}
