package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.engine.DriverChanges;
import io.p2pmap.internal.engine.DurableState;
import io.p2pmap.internal.engine.MapFrames;
import io.p2pmap.internal.engine.RecordedState;
import io.p2pmap.internal.engine.ReplicaDriver;
import io.p2pmap.internal.engine.Wakeups;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** One run of one node: the production driver and replica, and what is expected of them. */
final class SimulatedNode implements Wakeups {

  final int slot;
  final Identity identity;
  final SimulatedClock clock;
  final ObservedRules rules;
  final ReplicaDriver<String> driver;
  final ConvergentReplica<String> replica;
  final ReplicaState<String> state;
  final Map<String, Entry<String>> live = new LinkedHashMap<>();
  final Knowledge knowledge;

  /** What a persisted node has written down. */
  private final RecordedState<String> recorded;

  /** The incarnations in its view, without its own. */
  final Set<UUID> view = new LinkedHashSet<>();

  /** What listeners were told of so far. */
  final Map<String, Entry<String>> shadow = new LinkedHashMap<>();

  /** Changes of the present input. */
  final List<Change<String>> changes = new ArrayList<>();

  /** Per key the greatest entry that was shown here and was not dropped since. */
  final Map<String, Entry<String>> greatestShown = new LinkedHashMap<>();

  VersionVector horizonBefore = new VersionVector();

  private long checkedState;

  SimulatedNode(
      int slot,
      Identity identity,
      ReplicaSettings settings,
      SimulatedClock clock,
      ObservedRules rules,
      Supplier<UUID> ids,
      Knowledge knowledge) {
    this.slot = slot;
    this.identity = identity;
    this.clock = clock;
    this.rules = rules;
    this.knowledge = knowledge;
    this.replica = new ConvergentReplica<>(identity, settings, live, ids, clock.now(), rules);
    this.state = PrivateField.of(replica, "state");
    MapFrames<String> frames = new MapFrames<>("m", SimulatedNode::key);
    this.recorded = new RecordedState<>(identity.replicaId());
    DurableState<String> durable = settings.isPersisted() ? recorded.state() : null;
    this.driver = new ReplicaDriver<>(replica, live, frames, clock, this, durable);
    DriverChanges.of(driver, changes::addAll);
  }

  static String key(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  UUID incarnation() {
    return identity.incarnation();
  }

  /** The entry that readers see. */
  Entry<String> shown(String key) {
    Entry<String> entry = live.get(key);
    boolean isShown =
        entry != null && (!entry.expires() || state.contents.expiries().isShown(entry));
    return isShown ? entry : null;
  }

  /** Whether the last input changed what is seen, forgotten, held, or shown. */
  boolean hasChanged() {
    Contents<String> contents = state.contents;
    long now = Objects.hash(contents.lasting(), contents.expiring(), contents.tombstones().size());
    now = now * 31 + state.seen.hash() * 17 + state.horizon.hash();
    boolean hasChanged = now != checkedState || !changes.isEmpty();
    checkedState = now;
    return hasChanged;
  }

  void recover(ReplicaSnapshot<String> found) {
    recorded.beginWith(found);
    changes.addAll(replica.recover(found, clock.now()).changes());
  }

  /** What its records say, which must be what it holds (I6, B12). */
  ReplicaSnapshot<String> snapshot() {
    ReplicaSnapshot<String> held = replica.snapshot(clock.now());
    ReplicaSnapshot<String> written = recorded.replay(SimulatedNode::key);
    Judge.expect(
        Set.copyOf(written.entries()).equals(Set.copyOf(held.entries())),
        "%s has written down other entries than it holds".formatted(this));
    Judge.expect(
        written.seen().equals(held.seen()) && written.horizon().equals(held.horizon()),
        "%s has written down another vector or horizon than it has".formatted(this));
    Judge.expect(
        others(written.absences().keySet()).equals(held.absences().keySet()),
        "%s has written down other replicas than it knows".formatted(this));
    return new ReplicaSnapshot<>(
        written.entries(), written.seen(), written.horizon(), held.absences(), written.writers());
  }

  /** Without its own id, which a copied disk may name; recovery leaves it out. */
  private Set<UUID> others(Set<UUID> known) {
    Set<UUID> others = new LinkedHashSet<>(known);
    others.remove(identity.replicaId());
    return others;
  }

  long count(Counter counter) {
    return state.counters.get(counter);
  }

  @Override
  public void send() {} // the schedule says when to send

  @Override
  public void tick() {}

  @Override
  public void failed(Error cause) {
    throw cause;
  } // the schedule says when to tick

  @Override
  public String toString() {
    return identity.nodeName();
  }
}
