package io.p2pmap.internal.replication;

import java.util.SplittableRandom;

/**
 * A random course of events for four nodes and three keys, from one seed. How often what happens is
 * itself drawn from the seed, so that schedules differ in kind.
 */
final class RandomSchedule {

  static final int NODES = 4;

  private final SplittableRandom random;
  private final SimulatedCluster cluster;
  private final SimulatedMachines machines;
  private final boolean sendsAtOnce;
  private final boolean viewsFollow;
  private final int expiringOfFour;
  private final int writers;
  private final int[] weights;
  private final int steps;

  /** What may happen in a step. */
  private enum Step {
    WRITE,
    DELIVER,
    TICK,
    DRAIN,
    CRASH,
    SYNC,
    CUT,
    LOSE,
    REPEAT,
    VIEW,
    BURST,
    WRONG_CLOCK,
    TIME
  }

  RandomSchedule(long seed, Ablation ablation, Trace trace) {
    this.random = new SplittableRandom(seed);
    boolean retentionMayExpire = random.nextBoolean();
    ReplicaSettings settings = Scale.random(random, retentionMayExpire);
    this.cluster = new SimulatedCluster(NODES, random.nextLong(), settings, ablation, trace);
    this.machines = new SimulatedMachines(cluster, random);
    cluster.judge.retentionMayExpire = retentionMayExpire;
    cluster.isPersisted = random.nextBoolean();
    cluster.deliversToLaterRuns = random.nextInt(4) == 0;
    this.sendsAtOnce = random.nextBoolean();
    this.viewsFollow = random.nextBoolean();
    this.expiringOfFour = random.nextInt(4);
    this.writers = 1 + random.nextInt(NODES);
    this.weights = weights();
    this.steps = 80 + random.nextInt(160);
  }

  private int[] weights() {
    int[] drawn = new int[Step.values().length];
    drawn[Step.WRITE.ordinal()] = 5 + random.nextInt(20);
    drawn[Step.DELIVER.ordinal()] = 20 + random.nextInt(60);
    drawn[Step.TICK.ordinal()] = 5 + random.nextInt(20);
    drawn[Step.DRAIN.ordinal()] = 4 + random.nextInt(10);
    drawn[Step.CRASH.ordinal()] = random.nextInt(3);
    drawn[Step.SYNC.ordinal()] = random.nextInt(6);
    drawn[Step.CUT.ordinal()] = random.nextInt(6);
    drawn[Step.LOSE.ordinal()] = random.nextInt(6);
    drawn[Step.REPEAT.ordinal()] = random.nextInt(4);
    drawn[Step.VIEW.ordinal()] = random.nextInt(4);
    drawn[Step.BURST.ordinal()] = random.nextInt(5);
    drawn[Step.WRONG_CLOCK.ordinal()] = random.nextBoolean() ? 1 + random.nextInt(3) : 0;
    drawn[Step.TIME.ordinal()] = 3;
    return drawn;
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  /** Runs to the end, where everything is healed and must have converged. */
  void run() {
    cluster.statistics.schedules = 1;
    for (int slot = 0; slot < NODES; slot++) {
      cluster.clock(slot).skewMillis = skew();
      cluster.start(slot, null);
    }
    machines.showTrueViews();
    for (int step = 0; step < steps; step++) {
      cluster.advance(random.nextInt(3));
      perform(nextStep());
    }
    new Settling(cluster, machines).run();
  }

  private long skew() {
    return random.nextLong(-Scale.SKEW_MILLIS, Scale.SKEW_MILLIS + 1);
  }

  private Step nextStep() {
    int total = 0;
    for (int weight : weights) {
      total += weight;
    }
    int drawn = random.nextInt(total);
    int index = 0;
    while (drawn >= weights[index]) {
      drawn -= weights[index++];
    }
    return Step.values()[index];
  }

  private void perform(Step step) {
    int slot = random.nextInt(NODES);
    boolean isUp = cluster.node(slot) != null;
    switch (step) {
      case WRITE -> write(random.nextInt(writers));
      case DELIVER -> deliver();
      case TICK -> tick(slot);
      case DRAIN -> drain(slot);
      case CRASH -> machines.crash(slot, viewsFollow);
      case SYNC -> machines.sync(slot);
      case CUT -> machines.cut(viewsFollow);
      case LOSE -> cluster.network.loseAny(random);
      case REPEAT -> repeat();
      case VIEW -> machines.showSomeView(slot);
      case BURST -> burst();
      case WRONG_CLOCK -> machines.changeClock(slot);
      case TIME -> passTime(slot);
    }
  }

  private void write(int slot) {
    if (cluster.node(slot) == null) {
      return;
    }
    String key = SimulatedCluster.KEYS.get(random.nextInt(SimulatedCluster.KEYS.size()));
    if (random.nextInt(5) < 2) {
      cluster.remove(slot, key);
    } else if (random.nextInt(4) < expiringOfFour) {
      cluster.put(slot, key, 5 + random.nextInt(60));
    } else {
      cluster.put(slot, key);
    }
    sendAtOnce(slot);
  }

  private void sendAtOnce(int slot) {
    if (sendsAtOnce && random.nextInt(4) > 0) {
      drain(slot);
    }
  }

  private void deliver() {
    SimulatedNetwork.Packet packet = cluster.network.takeAny(random);
    if (packet != null) {
      cluster.deliver(packet);
      if (cluster.node(packet.toSlot()) != null) {
        sendAtOnce(packet.toSlot());
      }
    }
  }

  private void tick(int slot) {
    if (cluster.node(slot) != null) {
      cluster.tick(slot);
      sendAtOnce(slot);
    }
  }

  private void drain(int slot) {
    if (cluster.node(slot) != null) {
      cluster.drain(slot);
    }
  }

  private void repeat() {
    SimulatedNetwork.Packet packet = cluster.network.takeAny(random);
    if (packet != null) {
      cluster.network.send(packet); // once more, at any later time
      cluster.deliver(packet);
    }
  }

  /** A while in which much is exchanged, so that tombstones leave. */
  private void burst() {
    int kind = random.nextInt(3);
    for (int round = 0; round < 3; round++) {
      cluster.advance(1 + random.nextInt(40));
      for (SimulatedNode node : cluster.running()) {
        cluster.tick(node.slot);
        cluster.drain(node.slot);
      }
      int deliveries = kind == 0 ? cluster.network.size() / 2 : cluster.network.size() + 40;
      for (int i = 0; i < deliveries && cluster.deliverAny(); i++) {
        drain(random.nextInt(NODES));
      }
    }
  }

  private void passTime(int slot) {
    if (random.nextBoolean()) {
      int jump = random.nextInt(80);
      cluster.log("%d ms pass", jump);
      cluster.advance(jump);
    }
    cluster.clock(slot).skewMillis = skew();
    if (cluster.node(slot) == null) {
      machines.restart(slot, viewsFollow);
    }
  }
}
