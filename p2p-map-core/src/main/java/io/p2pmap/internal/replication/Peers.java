package io.p2pmap.internal.replication;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.Stamp;
import io.p2pmap.internal.crdt.VersionVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The other replicas: who is in the view, and who is known and may come back.
 *
 * <p>Threading: confined to its replica.
 */
final class Peers {

  /** Stands for a replica that is in the view. */
  private static final long PRESENT = Long.MIN_VALUE;

  private final UUID ownReplicaId;
  private final Rules rules;
  private final Map<UUID, Peer> inView = new LinkedHashMap<>();
  // Replica id -> since when it is away, in monotonic nanoseconds, or PRESENT.
  private final Map<UUID, Long> known = new TreeMap<>();

  // The known replicas as the journal has them.
  private Set<UUID> noted = Set.of();

  Peers(UUID ownReplicaId, Rules rules) {
    this.ownReplicaId = ownReplicaId;
    this.rules = rules;
  }

  /** Takes over a new view; returns the peers that are gone. */
  List<Peer> membersChanged(Collection<UUID> others, long nowNanos) {
    List<Peer> gone = new ArrayList<>();
    inView.values().removeIf(peer -> !others.contains(peer.incarnation) && gone.add(peer));
    gone.forEach(peer -> away(peer, nowNanos));
    for (Peer peer : inView.values()) {
      peer.acknowledged = rules.acknowledgedAfterViewChange(peer.acknowledged);
      peer.report = null;
    }
    others.forEach(other -> inView.computeIfAbsent(other, Peer::new));
    return gone;
  }

  /** Who left without a word may hold the map, and is waited for under its incarnation. */
  private void away(Peer peer, long nowNanos) {
    UUID replica = peer.replicaId;
    boolean stillHere = inView.values().stream().anyMatch(p -> same(p.replicaId, replica));
    if (peer.hosting == Peer.Hosting.UNKNOWN) {
      known.put(peer.incarnation, nowNanos);
    } else if (replica != null && !stillHere) {
      known.replace(replica, nowNanos);
    }
  }

  private static boolean same(@Nullable UUID a, @Nullable UUID b) {
    return a != null && a.equals(b);
  }

  /** The peer hosts the map, and says what it holds. */
  void reported(Peer peer, Message.Digest<?> digest, long nowNanos) {
    peer.hosting = Peer.Hosting.YES;
    peer.replicaId = digest.replicaId();
    peer.report = new Peer.Report(digest.vectorHash(), digest.lasting(), nowNanos);
    known.remove(peer.incarnation);
    if (!digest.replicaId().equals(ownReplicaId)) {
      known.put(digest.replicaId(), PRESENT);
    }
  }

  /** The peer does not host the map, or no longer. */
  void hostsNot(Peer peer, long nowNanos) {
    UUID replica = peer.replicaId;
    peer.hosting = Peer.Hosting.NO;
    peer.acknowledged = null;
    peer.report = null;
    peer.replicaId = null;
    if (replica != null) {
      known.replace(replica, nowNanos);
    } else {
      known.remove(peer.incarnation);
    }
  }

  /** Stops waiting for replicas that were away longer than {@code retention}. */
  void forgetAbsent(Duration retention, long nowNanos) {
    long nanos = retention.toNanos();
    known.values().removeIf(since -> since != PRESENT && nowNanos - since > nanos);
  }

  /**
   * What each known replica has seen, or null if that is unknown for one of them or for a member
   * that may host the map (B3, B23).
   */
  @Nullable List<VersionVector> acknowledgedByAllKnown() {
    List<VersionVector> acknowledged = new ArrayList<>();
    Set<UUID> heard = new HashSet<>();
    for (Peer peer : inView.values()) {
      if (peer.acknowledged != null) {
        acknowledged.add(peer.acknowledged);
        heard.add(peer.replicaId == null ? peer.incarnation : peer.replicaId);
      } else if (peer.hosting != Peer.Hosting.NO) {
        return null; // also of one that has not said whether it hosts the map
      }
    }
    return heard.containsAll(known.keySet()) ? acknowledged : null;
  }

  /** Whether every member has said what it has seen, and that is {@code here}. */
  boolean allCoveredBy(Predicate<VersionVector> here) {
    return inView.values().stream()
        .allMatch(
            peer ->
                peer.hosting == Peer.Hosting.NO
                    || (peer.acknowledged != null && here.test(peer.acknowledged)));
  }

  /** Who has acknowledged {@code write} in this view. */
  Replica.Reached reached(Stamp write) {
    int confirmed = 0;
    int hosts = 0;
    int unknown = 0;
    for (Peer peer : inView.values()) {
      VersionVector theirs = peer.acknowledged;
      confirmed += theirs != null && theirs.get(write.origin()) >= write.time() ? 1 : 0;
      hosts += peer.hosting == Peer.Hosting.YES ? 1 : 0;
      unknown += peer.hosting == Peer.Hosting.UNKNOWN ? 1 : 0;
    }
    return new Replica.Reached(confirmed, hosts, unknown);
  }

  /** What is known about each member that hosts the map or may host it. */
  List<ReplicaStatus.PeerStatus> status(
      long vectorHash, Fingerprint lasting, Clocks clocks, Now now) {
    return inView.values().stream()
        .filter(peer -> peer.hosting != Peer.Hosting.NO)
        .map(peer -> peer.status(peer.agreement(vectorHash, lasting), clocks, now))
        .toList();
  }

  /** Whether every member that hosts the map, or may, last reported just these contents. */
  boolean allAgree(long vectorHash, Fingerprint lasting) {
    return inView.values().stream()
        .allMatch(
            peer ->
                peer.hosting == Peer.Hosting.NO
                    || peer.agreement(vectorHash, lasting) == Agreement.IN_SYNC);
  }

  /** Every replica that a removal waits for, unless it is known to have seen it. */
  List<Tombstones.Knower> knowers(long nowNanos) {
    List<Tombstones.Knower> knowers = new ArrayList<>();
    Set<UUID> present = new HashSet<>();
    for (Peer peer : inView.values()) {
      if (peer.hosting != Peer.Hosting.NO) {
        UUID id = peer.replicaId == null ? peer.incarnation : peer.replicaId;
        present.add(id);
        knowers.add(new Tombstones.Knower(id, peer.incarnation, 0, peer.acknowledged));
      }
    }
    absences(nowNanos)
        .forEach(
            (id, nanos) -> {
              if (!present.contains(id)) {
                knowers.add(new Tombstones.Knower(id, null, nanos, null));
              }
            });
    return knowers;
  }

  @Nullable Peer get(UUID incarnation) {
    return inView.get(incarnation);
  }

  /** The member {@code incarnation}; of a stranger nothing is kept. */
  Peer of(UUID incarnation) {
    Peer peer = inView.get(incarnation);
    return peer != null ? peer : new Peer(incarnation);
  }

  Collection<Peer> all() {
    return inView.values();
  }

  Set<UUID> members() {
    return inView.keySet();
  }

  boolean isAlone() {
    return inView.isEmpty();
  }

  /** How long each known replica has been away, in nanoseconds; zero if it is present. */
  Map<UUID, Long> absences(long nowNanos) {
    Map<UUID, Long> absences = new TreeMap<>();
    known.forEach((id, since) -> absences.put(id, since == PRESENT ? 0 : nowNanos - since));
    return absences;
  }

  /** The same in milliseconds, for others; they don't share this node's monotonic clock. */
  Map<UUID, Long> absencesMillis(long nowNanos) {
    Map<UUID, Long> absences = absences(nowNanos);
    absences.replaceAll((id, nanos) -> TimeUnit.NANOSECONDS.toMillis(nanos));
    return absences;
  }

  /** Waits also for those who are known elsewhere, from the time at which they were last there. */
  void inherit(Map<UUID, Long> absencesMillis, long nowNanos) {
    absencesMillis.forEach(
        (id, millis) -> {
          if (!id.equals(ownReplicaId)) {
            known.putIfAbsent(id, nowNanos - TimeUnit.MILLISECONDS.toNanos(millis));
          }
        });
  }

  /** Every known replica, if there are others than at the last call; else null. */
  @Nullable Set<UUID> takeChangedKnown() {
    if (known.keySet().equals(noted)) {
      return null;
    }
    noted = Set.copyOf(known.keySet());
    return noted;
  }

  /** Takes over who was known before a restart. */
  void recover(Map<UUID, Long> absences, long nowNanos) {
    absences.forEach((id, nanos) -> known.put(id, nowNanos - nanos));
    noted = Set.copyOf(absences.keySet());
    known.remove(ownReplicaId);
  }
}
