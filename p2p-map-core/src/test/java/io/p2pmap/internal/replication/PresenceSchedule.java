package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.engine.DriverChanges;
import io.p2pmap.internal.engine.MapFrames;
import io.p2pmap.internal.engine.ReplicaDriver;
import io.p2pmap.internal.engine.Wakeups;
import io.p2pmap.internal.wire.FrameHeader;
import io.p2pmap.internal.wire.MessageType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A random course of events for a presence map on three nodes: views that differ and are wrong,
 * lost and late slots, a node that dies for good or starts again.
 */
final class PresenceSchedule {

  private static final int NODES = 3;
  private static final List<String> KEYS = List.of("a", "b");
  private static final int SETTLING_ROUNDS = 6;

  /** One run of one node. */
  private static final class Member implements Wakeups {
    final int slot;
    final UUID incarnation;
    final ReplicaDriver<String> driver;
    final PresenceReplica<String> replica;
    final Map<String, Entry<String>> live = new LinkedHashMap<>();
    final Map<String, Entry<String>> shadow = new LinkedHashMap<>();
    final Map<String, Entry<String>> own = new LinkedHashMap<>();
    final Set<UUID> view = new LinkedHashSet<>();
    final Slots<String> slots;
    VersionVector sequences = new VersionVector();

    Member(int slot, UUID incarnation, SimulatedClock clock, SlotRules rules) {
      this.slot = slot;
      this.incarnation = incarnation;
      Identity identity = new Identity(incarnation, incarnation, "n" + slot);
      this.replica = new PresenceReplica<>(identity, Scale.byHand(), live, clock.now(), rules);
      this.driver =
          new ReplicaDriver<>(replica, live, new MapFrames<>("m", SimulatedNode::key), clock, this);
      this.slots = PrivateField.of(replica, "slots");
      DriverChanges.of(driver, changes -> changes.forEach(this::told));
    }

    /** A slot never goes back, unless its owner was lost from the view meanwhile. */
    void checkSequences() {
      VersionVector now = slots.sequences();
      Set<UUID> owners = new LinkedHashSet<>(view);
      owners.add(incarnation);
      for (UUID owner : owners) {
        Judge.expect(now.get(owner) >= sequences.get(owner), "node %d: a slot went back", slot);
      }
      sequences = now;
    }

    private void told(Change<String> change) {
      Judge.expect(
          Objects.equals(shadow.get(change.key()), change.before()),
          "node %d: event from %s",
          slot,
          change.before());
      if (change.after() == null) {
        shadow.remove(change.key());
      } else {
        shadow.put(change.key(), change.after());
      }
    }

    @Override
    public void send() {}

    @Override
    public void tick() {}

    @Override
    public void failed(Error cause) {
      throw cause;
    }
  }

  private final SplittableRandom random;
  private final SlotRules rules;
  private final SimulatedNetwork network = new SimulatedNetwork(NODES);
  private final Member[] members = new Member[NODES];
  private final Map<UUID, Integer> slots = new LinkedHashMap<>();
  private final SimulatedClock clock = new SimulatedClock(() -> millis());
  private long millis = SimulatedCluster.START_MILLIS;
  private int lastValue;
  private boolean isSettling;

  PresenceSchedule(long seed, SlotRules rules) {
    this.random = new SplittableRandom(seed);
    this.rules = rules;
  }

  private long millis() {
    return millis;
  }

  /** Runs to the end, where views are right again and everybody must see just who is there. */
  void run() {
    for (int slot = 0; slot < NODES; slot++) {
      start(slot);
    }
    showTrueViews();
    int steps = 40 + random.nextInt(120);
    for (int step = 0; step < steps; step++) {
      millis += random.nextInt(4);
      perform(random.nextInt(12), random.nextInt(NODES));
    }
    settle();
  }

  private void perform(int drawn, int slot) {
    Member member = members[slot];
    if (member == null) {
      if (random.nextInt(4) == 0) {
        start(slot);
        showSomeView(members[slot]);
      }
    } else if (drawn < 3) {
      write(member);
    } else if (drawn < 7) {
      deliverAny();
    } else if (drawn < 9) {
      tick(member);
    } else if (drawn < 10) {
      showSomeView(member);
    } else if (random.nextInt(3) == 0) {
      network.loseAny(random);
    } else if (random.nextInt(6) == 0) {
      members[slot] = null;
    }
  }

  private void start(int slot) {
    UUID incarnation = new UUID(random.nextLong(), random.nextLong());
    slots.put(incarnation, slot);
    members[slot] = new Member(slot, incarnation, clock, rules);
  }

  private void write(Member member) {
    String key = KEYS.get(random.nextInt(KEYS.size()));
    boolean removes = random.nextInt(5) == 0;
    String value = member.slot + "." + ++lastValue;
    byte[] valueBytes = removes ? null : value.getBytes(StandardCharsets.US_ASCII);
    byte[] keyBytes = key.getBytes(StandardCharsets.US_ASCII);
    member.driver.write(List.of(new Draft<>(key, keyBytes, valueBytes, Entry.NEVER)));
    Entry<String> current = member.replica.current(key);
    if (removes) {
      member.own.remove(key);
    } else {
      member.own.put(key, current);
    }
    Judge.expect(removes == (current == null), "node %d wrote %s", member.slot, current);
    afterInput(member);
  }

  private void tick(Member member) {
    millis += random.nextInt(20);
    member.driver.tick();
    afterInput(member);
  }

  private void showSomeView(Member member) {
    List<UUID> view = new ArrayList<>();
    for (Member other : members) {
      if (other != null && other != member && random.nextInt(4) > 0) {
        view.add(other.incarnation);
      }
    }
    member.view.stream().filter(former -> random.nextInt(4) == 0).forEach(view::add);
    show(member, view);
  }

  private void showTrueViews() {
    for (Member member : running()) {
      List<UUID> view = new ArrayList<>();
      running().forEach(other -> view.add(other.incarnation));
      show(member, view);
    }
  }

  private void show(Member member, List<UUID> view) {
    member.view.clear();
    member.view.addAll(view);
    member.view.remove(member.incarnation);
    member.driver.membersChanged(member.view);
    afterInput(member);
  }

  private List<Member> running() {
    List<Member> running = new ArrayList<>();
    for (Member member : members) {
      if (member != null) {
        running.add(member);
      }
    }
    return running;
  }

  private void afterInput(Member member) {
    member.replica.checkInvariants();
    member.checkSequences();
    Judge.expect(member.live.equals(member.shadow), "node %d told of something else", member.slot);
    for (Entry<String> shown : member.live.values()) {
      boolean isPresent =
          shown.origin().equals(member.incarnation) || member.view.contains(shown.origin());
      Judge.expect(isPresent, "node %d shows a ghost: %s", member.slot, shown);
    }
    boolean more = true;
    while (more) {
      more = member.driver.drain((receiver, frame) -> send(member, receiver, frame));
    }
  }

  private void send(Member from, UUID receiver, byte[] frame) {
    MessageType type = ((FrameHeader.Known) FrameHeader.read(frame)).type();
    for (UUID to : receiver == null ? List.copyOf(from.view) : List.of(receiver)) {
      int slot = slots.get(to);
      network.send(
          new SimulatedNetwork.Packet(
              type, from.slot, from.incarnation, slot, to, receiver == null, "", frame));
    }
  }

  private boolean deliverAny() {
    SimulatedNetwork.Packet packet = network.takeAny(random);
    if (packet != null && random.nextInt(20) == 0 && !isSettling) {
      network.send(packet); // once more, at any later time
    }
    Member member = packet == null ? null : members[packet.toSlot()];
    boolean isMulticast = packet != null && packet.isMulticast();
    if (member != null && (isMulticast || member.incarnation.equals(packet.to()))) {
      member.driver.receive(packet.from(), (FrameHeader.Known) FrameHeader.read(packet.frame()));
      afterInput(member);
    }
    return packet != null;
  }

  private void settle() {
    isSettling = true;
    showTrueViews();
    for (int round = 0; round < SETTLING_ROUNDS; round++) {
      millis += 20;
      running().forEach(this::tick);
      int deliveries = 0;
      while (deliverAny()) {
        Judge.expect(++deliveries < 2_000, "endless exchange");
      }
    }
    running().forEach(this::checkComplete);
  }

  /** Everybody shows, for each key, the newest of all who are there. */
  private void checkComplete(Member member) {
    for (String key : KEYS) {
      Entry<String> newest = null;
      for (Member other : running()) {
        Entry<String> own = other.own.get(key);
        newest = newest == null || (own != null && own.compareTo(newest) > 0) ? own : newest;
      }
      Judge.expect(
          Objects.equals(newest, member.live.get(key)),
          "node %d shows %s instead of %s",
          member.slot,
          member.live.get(key),
          newest);
    }
    Judge.expect(member.replica.isAgreed(), "node %d does not agree", member.slot);
  }
}
