package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** The rules of section 5 of the specification, each broken in one place. */
final class ExtensionAblations {

  private ExtensionAblations() {}

  /** Batches that wait for a gap to close are applied whoever their sender is by then. */
  static Ablation fenceOfEarlyBatches() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean isListenedTo(UUID sender, Set<UUID> members) {
                return super.isListenedTo(sender, members) || isDraining();
              }
            });
  }

  private static boolean isDraining() {
    String draining = EarlyBatches.class.getName();
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(draining)));
  }

  /** Equal digests prove nothing. */
  static Ablation proofByEqualDigest() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              VersionVector acknowledgedByEqualDigest(VersionVector seen) {
                return null;
              }
            });
  }

  /** What was acknowledged in an earlier view counts on. */
  static Ablation acknowledgedInThisView() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              VersionVector acknowledgedAfterViewChange(VersionVector before) {
                return before;
              }
            });
  }

  /** Parts of a transfer are applied as they come. */
  static Ablation partsTogether() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean appliesPartsEarly() {
                return true;
              }
            });
  }

  /** Expired entries leave as soon as they are expired. */
  static Ablation expiryMargin() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean mayExpire(
                  Entry<?> entry, long wallMillis, long maxDriftMillis, boolean confirmed) {
                return confirmed && entry.expiresAtMillis() <= wallMillis;
              }
            });
  }

  /** Expired entries leave by any clock. */
  static Ablation confirmedClock() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean mayExpire(
                  Entry<?> entry, long wallMillis, long maxDriftMillis, boolean confirmed) {
                return super.mayExpire(entry, wallMillis, maxDriftMillis, true);
              }

              @Override
              boolean isExpired(Entry<?> entry, long wallMillis, boolean confirmed) {
                return super.isExpired(entry, wallMillis, true);
              }
            });
  }

  /** Expired entries leave by the clock alone, without proof. */
  static Ablation proofOfExpiry() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean mayCollect(
                  Entry<?> entry, VersionVector seen, Collection<VersionVector> acknowledged) {
                return entry.expires() || super.mayCollect(entry, seen, acknowledged);
              }
            });
  }

  /** The horizon says nothing of expired entries. */
  static Ablation horizonOfExpired() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              void forgotten(Entry<?> entry, VersionVector horizon) {
                if (!entry.expires()) {
                  super.forgotten(entry, horizon);
                }
              }
            });
  }

  /** Late expiring entries are gone, expired or not. */
  static Ablation lateExpiring() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean isExpired(Entry<?> entry, long wallMillis, boolean confirmed) {
                return entry.expires();
              }
            });
  }

  /** Rule j: removals that come late are ignored. */
  static Ablation lateRemovals() {
    return new Ablation() {
      @Override
      ObservedRules rules(SimulatedCluster cluster, int slot) {
        return new ObservedRules() {
          @Override
          boolean admits(Entry<?> entry, VersionVector seen) {
            long forgotten = cluster.node(slot).state.horizon.max();
            boolean isLateRemoval = entry.isTombstone() && entry.time() <= forgotten;
            return !isLateRemoval && super.admits(entry, seen);
          }
        };
      }
    };
  }

  /** Rule j: a removal that came late is taken for the last one of its key. */
  static Ablation lastRemoval() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean isLate(
                  Entry<?> entry, Entry<?> local, VersionVector horizon, VersionVector senderSeen) {
                return local == null && super.isLate(entry, null, horizon, senderSeen);
              }
            });
  }

  /** Rule j: an old removal in a full state says that newer entries were not removed. */
  static Ablation removalOfNewer() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              boolean isAbsent(Entry<?> mine, Entry<?> theirs, long forgottenTime) {
                return theirs == null;
              }
            });
  }

  /** Own writes are conflated across messages. */
  static Ablation conflationInsideMessages() {
    return Ablation.breaking(
        () ->
            new ObservedRules() {
              @Override
              <K> Outbox<K> outbox(ReplicaSettings settings, Counters counters) {
                return new ConflatingOutbox<>(settings, counters);
              }
            });
  }

  /** Own writes that a newer one of another node has beaten are not sent. */
  static Ablation beatenWritesAreSent() {
    return new Ablation() {
      @Override
      ObservedRules rules(SimulatedCluster cluster, int slot) {
        return new ObservedRules() {
          @Override
          <K> Outbox<K> outbox(ReplicaSettings settings, Counters counters) {
            return new ConflatingOutbox.Skipping<>(
                settings,
                counters,
                own -> !own.equals(cluster.node(slot).replica.current((String) own.key())));
          }
        };
      }
    };
  }
}
