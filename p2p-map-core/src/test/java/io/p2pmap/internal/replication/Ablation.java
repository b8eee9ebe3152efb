package io.p2pmap.internal.replication;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What is broken on purpose: a rule, the disk, or how a node starts. Nothing, unless overridden.
 */
class Ablation {

  static final Ablation NONE = new Ablation();

  /** Breaks what {@code rules} override. */
  static Ablation breaking(Supplier<ObservedRules> rules) {
    return new Ablation() {
      @Override
      ObservedRules rules(SimulatedCluster cluster, int slot) {
        return rules.get();
      }
    };
  }

  /** The rules of a node that starts. */
  ObservedRules rules(SimulatedCluster cluster, int slot) {
    return new ObservedRules();
  }

  /** The origin that the node of {@code slot} takes, where a fresh one would be {@code fresh}. */
  UUID origin(int slot, UUID fresh) {
    return fresh;
  }

  /** What a node finds on its disk, where {@code stored} was written. */
  ReplicaSnapshot<String> read(ReplicaSnapshot<String> stored, SplittableRandom random) {
    return stored;
  }
}
