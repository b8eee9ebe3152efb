package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.Stamp;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What must hold after every input (invariants I2, I4, I5, I7, I8, I9 of the specification). */
final class Judge {

  /** What somebody held who had seen just these writes. */
  private record Seen(Fingerprint lasting, Fingerprint expiring, List<Entry<String>> entries) {}

  private final SimulatedCluster cluster;
  private final Map<Long, Seen> contentsByVector = new HashMap<>();

  /** Whether a replica that is away may be given up: then a removal may come back, adopted. */
  boolean retentionMayExpire;

  /** Whether the schedule damages replicas, so that equal vectors mean nothing for a while. */
  boolean isDivergenceExpected;

  /** Whether a node with a wrong clock took it for right: then it may drop what expires early. */
  private boolean clockWasFooled;

  Judge(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  void check(SimulatedNode node) {
    expect(
        isDivergenceExpected || node.count(Counter.DIVERGENCES) == 0,
        "%s sees another content for its vector",
        node);
    noteFooledClock(node);
    checkLongExpired(node);
    checkReached(node);
    if (node.hasChanged()) {
      node.replica.checkInvariants();
      expect(node.state.seen.covers(node.knowledge.seen()), "V of %s went back", node);
      checkHorizon(node);
      learn(node);
      checkEvents(node);
      checkShown(node);
      checkContentsOfVector(node);
    }
  }

  static void expect(boolean holds, String what, Object... arguments) {
    if (!holds) {
      throw new Violation(what, arguments);
    }
  }

  private void noteFooledClock(SimulatedNode node) {
    long tolerable = Scale.SKEW_MILLIS + Scale.MAX_DRIFT_MILLIS;
    if (!clockWasFooled && node.clock.aheadMillis() > tolerable) {
      clockWasFooled = node.replica.status(node.clock.now()).isClockConfirmed();
    }
  }

  /** What may leave because it is expired is shown by no good clock. */
  private void checkLongExpired(SimulatedNode node) {
    for (Entry<?> entry : node.rules.takeLongExpired()) {
      boolean isNowhereShown = entry.expiresAtMillis() <= cluster.millis - Scale.SKEW_MILLIS;
      expect(clockWasFooled || isNowhereShown, "%s lets go of %s too early", node, entry);
    }
  }

  private void checkHorizon(SimulatedNode node) {
    if (node.state.horizon.hash() != node.horizonBefore.hash()) {
      expect(node.state.horizon.covers(node.horizonBefore), "H of %s went back", node);
      node.horizonBefore = node.state.horizon.copy();
    }
  }

  private void learn(SimulatedNode node) {
    List<Entry<String>> written = node.rules.takeWritten();
    VersionVector joined = node.rules.takeJoined();
    if (joined != null) {
      node.knowledge.advance(joined);
    }
    for (ObservedRules.Adoption adoption : node.rules.takeAdoptions()) {
      cluster.statistics.adopted++;
      cluster.log("%s adopted %s", node, adoption.late());
      if (node.knowledge.isKilled(adoption.late())) {
        cluster.statistics.adoptedRemoved++;
        expect(retentionMayExpire, "%s adopted what was removed: %s", node, adoption.late());
      }
    }
    node.knowledge.advance(node.state.seen);
    written.forEach(node.knowledge::wrote);
  }

  /** I4, I5: the events of a key are a path, and lead upwards. */
  private void checkEvents(SimulatedNode node) {
    for (Change<String> change : node.changes) {
      String key = change.key();
      Entry<String> before = node.shadow.get(key);
      expect(
          Objects.equals(before, change.before()),
          "%s: event from %s, was told of %s",
          node,
          change.before(),
          before);
      Entry<String> after = change.after();
      if (after == null) {
        node.shadow.remove(key);
        if (change.removal() == null && change.cause() == Change.Cause.WRITTEN) {
          node.greatestShown.remove(key);
        }
      } else {
        Entry<String> greatest = node.greatestShown.get(key);
        boolean isUpwards = greatest == null || after.compareTo(greatest) >= 0;
        expect(isUpwards, "%s shows %s after %s", node, after, greatest);
        node.greatestShown.put(key, after);
        node.shadow.put(key, after);
      }
    }
    node.changes.clear();
  }

  /** I2, I5: what is shown is what was told, and nothing that is known to be removed. */
  private void checkShown(SimulatedNode node) {
    for (String key : SimulatedCluster.KEYS) {
      Entry<String> shown = node.shown(key);
      expect(
          Objects.equals(shown, node.shadow.get(key)),
          "%s shows %s and told of %s",
          node,
          shown,
          node.shadow.get(key));
      Entry<String> live = node.live.get(key);
      expect(live == null || !node.knowledge.isKilled(live), "%s revived %s", node, live);
    }
  }

  /** I8: whoever has seen the same writes holds the same. */
  private void checkContentsOfVector(SimulatedNode node) {
    if (isDivergenceExpected) {
      return;
    }
    Contents<String> contents = node.state.contents;
    long vector = node.state.seen.hash();
    Seen other = contentsByVector.get(vector);
    if (other == null) {
      List<Entry<String>> live = List.copyOf(contents.live());
      contentsByVector.put(vector, new Seen(contents.lasting(), contents.expiring(), live));
      return;
    }
    expect(
        other.lasting().equals(contents.lasting()),
        "V lies: %s holds %s, another %s",
        node,
        contents.live(),
        other.entries());
    if (!other.expiring().equals(contents.expiring())) {
      checkDropped(node, other.entries(), contents.live());
      checkDropped(node, List.copyOf(contents.live()), other.entries());
    }
  }

  private void checkDropped(
      SimulatedNode node, Iterable<Entry<String>> held, Collection<Entry<String>> now) {
    for (Entry<String> entry : held) {
      if (entry.expires() && !now.contains(entry)) {
        long tolerable = cluster.millis + Scale.SKEW_MILLIS + Scale.MAX_DRIFT_MILLIS;
        boolean isKeyFree = now.stream().noneMatch(other -> other.key().equals(entry.key()));
        expect(
            isKeyFree && (clockWasFooled || entry.expiresAtMillis() <= tolerable),
            "V lies, or too early: %s dropped %s",
            node,
            entry);
      }
    }
  }

  /** Nobody is said to have what it has not. */
  private void checkReached(SimulatedNode node) {
    Stamp last = node.replica.lastWrite();
    if (last != null) {
      int confirmed = node.replica.reached(last).confirmed();
      expect(
          confirmed == 0 || confirmed <= reachedIn(node, last),
          "%s thinks that %d have %s",
          node,
          confirmed,
          last);
    }
  }

  private int reachedIn(SimulatedNode node, Stamp write) {
    int reached = 0;
    for (UUID member : node.view) {
      SimulatedNode peer = cluster.run(member);
      reached += peer.state.seen.get(write.origin()) >= write.time() ? 1 : 0;
    }
    return reached;
  }

  /** I4: whoever has written reads what he wrote. */
  void checkWritten(SimulatedNode node, Draft<String> draft) {
    Entry<String> current = node.replica.current(draft.key());
    boolean isThere = current != null && Arrays.equals(current.valueBytes(), draft.valueBytes());
    expect(isThere, "%s wrote %s and reads %s", node, draft, current);
  }
}
