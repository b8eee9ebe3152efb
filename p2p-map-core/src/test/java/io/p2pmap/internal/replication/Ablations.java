package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.HybridClock;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.LoweredVector;
import io.p2pmap.internal.crdt.VersionVector;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** The corrections B1 to B34 of the specification, each broken in one place. */
final class Ablations {

  private Ablations() {}

  /** B1: whatever is greater than what is here is applied, seen before or not. */
  static Ablation admission() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean admits(Entry<?> entry, VersionVector seen) {
                return true;
              }
            });
  }

  /** B2: a late batch sets back what was seen. */
  static Ablation advanceOnly() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              void batchApplied(VersionVector seen, Message.Batch<?> batch) {
                LoweredVector.set(seen, batch.origin(), batch.lastTime());
              }
            });
  }

  /** B3: a tombstone leaves when all have seen it, whatever else they have seen. */
  static Ablation strongCollection() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean mayCollect(
                  Entry<?> entry, VersionVector seen, Collection<VersionVector> acknowledged) {
                return seen.covers(entry)
                    && acknowledged.stream().allMatch(peer -> peer.covers(entry));
              }
            });
  }

  /** B4: what the sender has forgotten is not taken over. */
  static Ablation inheritedHorizon() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              void inheritHorizon(VersionVector mine, VersionVector theirs) {}
            });
  }

  /** B36: a replica forgets as soon as it has begun. */
  static Ablation youth() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean mayForget(Duration age, ReplicaSettings settings) {
                return true;
              }
            });
  }

  /** B35: a newcomer waits only for those it has met. */
  static Ablation inheritedKnown() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              void inheritKnown(Peers peers, Message.Header header, long nowNanos) {}
            });
  }

  /** B5: a late entry is applied like any other. */
  static Ablation lateRule() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean isLate(
                  Entry<?> entry, Entry<?> local, VersionVector horizon, VersionVector senderSeen) {
                return false;
              }
            });
  }

  /** B6: a node has one origin for all its runs. */
  static Ablation originPerStart() {
    return new Ablation() {
      @Override
      UUID origin(int slot, UUID fresh) {
        return new UUID(7, slot);
      }
    };
  }

  /** B7: nobody cares who else writes under his origin. */
  static Ablation rotation() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean isCloned(UUID mine, UUID theirs, long theirTime, long myTime) {
                return false;
              }
            });
  }

  /** The first two nodes start with one origin, like copies of one machine. */
  static Ablation withSharedFirstOrigin(Ablation rules) {
    Set<Integer> taken = new HashSet<>();
    return new Ablation() {
      @Override
      ObservedRules rules(SimulatedCluster cluster, int slot) {
        return rules.rules(cluster, slot);
      }

      @Override
      UUID origin(int slot, UUID fresh) {
        return slot < 2 && taken.add(slot) ? new UUID(7, 7) : fresh;
      }
    };
  }

  /** B8: a delta fits whoever gets it. */
  static Ablation sinceGuard() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean fits(Message.Header delta, VersionVector seen) {
                return true;
              }
            });
  }

  /** B9: entries are read when their part leaves, long after the vector. */
  static Ablation vectorBeforeEntries() {
    return new Ablation() {
      @Override
      ObservedRules rules(SimulatedCluster cluster, int slot) {
        return new ObservedRules() {
          @Override
          @SuppressWarnings("unchecked")
          <K> List<Entry<K>> capture(Collection<Entry<K>> entries) {
            return (List<Entry<K>>) (List<?>) readLater(cluster, slot, List.copyOf(entries));
          }

          @Override
          boolean addsUp(Message.Header header, Collection<? extends Entry<?>> entries) {
            return true;
          }
        };
      }
    };
  }

  private static <K> List<Entry<String>> readLater(
      SimulatedCluster cluster, int slot, List<Entry<K>> captured) {
    return new AbstractList<>() {
      @Override
      @SuppressWarnings("unchecked")
      public Entry<String> get(int index) {
        Entry<String> then = (Entry<String>) captured.get(index);
        Entry<String> now = cluster.node(slot).replica.current(then.key());
        return now == null ? then : now;
      }

      @Override
      public int size() {
        return captured.size();
      }
    };
  }

  /** B10: a stamp is taken, and another thread sends a later one before this one is queued. */
  static Ablation stampAndQueueAsOne() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              private boolean wasHeldBack;

              @Override
              <K> void queue(Outbox<K> outbox, Entry<K> entry) {
                wasHeldBack = !wasHeldBack && entry.time() % 3 == 0;
                if (!wasHeldBack) {
                  super.queue(outbox, entry);
                }
              }
            });
  }

  /** B11: one node refuses what its validator does not like. */
  static Ablation opaqueValues() {
    return new Ablation() {
      @Override
      ObservedRules rules(SimulatedCluster cluster, int slot) {
        return slot > 0 ? new ObservedRules() : new Validating();
      }
    };
  }

  private static final class Validating extends ObservedRules {
    @Override
    boolean admits(Entry<?> entry, VersionVector seen) {
      byte[] value = entry.valueBytes();
      boolean isLiked = value == null || value[value.length - 1] != '3';
      return isLiked && super.admits(entry, seen);
    }
  }

  /** B12: the vector is found after a crash, but not all that it covers. */
  static Ablation vectorAndEntriesAsOne() {
    return new Ablation() {
      @Override
      ReplicaSnapshot<String> read(ReplicaSnapshot<String> stored, SplittableRandom random) {
        List<Entry<String>> found = new ArrayList<>(stored.entries());
        found.removeIf(entry -> random.nextInt(4) == 0);
        return new ReplicaSnapshot<>(
            found, stored.seen(), stored.horizon(), stored.absences(), stored.writers());
      }
    };
  }

  /** B13: a repair drops whatever the other side does not hold. */
  static Ablation safeRepair() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean survivesRepair(Entry<?> onlyOneSide, long forgottenTime) {
                return false;
              }
            });
  }

  /** B15: the clock goes its own way. */
  static Ablation clockMerge() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              void witness(HybridClock clock, long time) {}
            });
  }

  /** B22: a batch is applied whether or not there is a gap before it. */
  static Ablation gapRule() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean hasGap(Message.Batch<?> batch, VersionVector seen) {
                return false;
              }
            });
  }

  /** B33: the absence rule looks at absent keys only. */
  static Ablation absenceOfNewer() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean wasRemovedThere(Entry<?> local, Entry<?> theirs, VersionVector senderSeen) {
                return false;
              }
            });
  }

  /** B34: everybody is listened to, member or not. */
  static Ablation fence() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean isListenedTo(UUID sender, Set<UUID> members) {
                return true;
              }
            });
  }
}
