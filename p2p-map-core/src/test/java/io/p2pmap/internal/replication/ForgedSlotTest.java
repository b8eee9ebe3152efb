package io.p2pmap.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.clock.Now;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.replication.Message.Slot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A member makes up a slot of another one, with a number ahead of all that its owner has used. */
class ForgedSlotTest {

  private static final Duration SYNC_INTERVAL = Duration.ofSeconds(1);
  private static final long FORGED_SEQUENCE = 1_000;
  private static final int ROUNDS = 3;

  private record Sent(UUID from, Outgoing<String> message) {}

  private final Map<UUID, PresenceReplica<String>> replicas = new HashMap<>();
  private final Map<UUID, Map<String, Entry<String>>> contents = new HashMap<>();
  private final Queue<Sent> network = new ArrayDeque<>();
  private Now now = new Now(1_000_000, 0);

  private UUID node(long number, SlotRules rules) {
    UUID id = new UUID(0, number);
    ReplicaSettings settings =
        ReplicaSettings.of(
            SYNC_INTERVAL,
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ZERO);
    Map<String, Entry<String>> live = new HashMap<>();
    contents.put(id, live);
    replicas.put(
        id,
        new PresenceReplica<>(new Identity(id, id, "node-" + number), settings, live, now, rules));
    return id;
  }

  private boolean isOwnWriteSeenByTheOther(SlotRules rules) {
    UUID owner = node(1, rules);
    UUID other = node(2, rules);
    send(owner, replicas.get(owner).membersChanged(List.of(other), now));
    send(other, replicas.get(other).membersChanged(List.of(owner), now));
    put(owner, "before");
    run();
    Slot<String> forged = new Slot<>(owner, "node-1", FORGED_SEQUENCE, List.of());
    send(other, replicas.get(other).receive(owner, forged, now));
    run();
    put(owner, "after");
    run();
    Entry<String> seen = contents.get(other).get("k");
    return seen != null && text(seen).equals("after");
  }

  private void put(UUID node, String value) {
    byte[] key = {'k'};
    Draft<String> draft =
        new Draft<>("k", key, value.getBytes(StandardCharsets.US_ASCII), Entry.NEVER);
    send(node, replicas.get(node).write(List.of(draft), now));
  }

  private static String text(Entry<String> entry) {
    return new String(entry.valueBytes(), StandardCharsets.US_ASCII);
  }

  private void send(UUID from, Effects<String> effects) {
    effects.messages().forEach(message -> network.add(new Sent(from, message)));
    Message<String> batch = replicas.get(from).pollBatch();
    if (batch != null) {
      network.add(new Sent(from, new Outgoing<>(null, batch)));
    }
  }

  /** Lets some intervals pass, in which everything sent arrives. */
  private void run() {
    for (int round = 0; round < ROUNDS; round++) {
      now =
          new Now(
              now.wallMillis() + 2 * SYNC_INTERVAL.toMillis(),
              now.monotonicNanos() + 2 * SYNC_INTERVAL.toNanos());
      replicas.forEach((id, replica) -> send(id, replica.tick(now)));
      for (Sent sent = network.poll(); sent != null; sent = network.poll()) {
        deliver(sent);
      }
    }
  }

  private void deliver(Sent sent) {
    UUID receiver = sent.message().receiver();
    replicas.forEach(
        (id, replica) -> {
          if (!id.equals(sent.from()) && (receiver == null || receiver.equals(id))) {
            send(id, replica.receive(sent.from(), sent.message().message(), now));
          }
        });
  }

  @Test
  void theOwnerOutbidsItAndIsHeardAgain() {
    assertThat(isOwnWriteSeenByTheOther(SlotRules.STANDARD)).isTrue();
  }

  @Test
  void anOwnerThatDoesNotIsNotHeardAnyMore() {
    SlotRules rules =
        new SlotRules() {
          @Override
          boolean outbidsClaims() {
            return false;
          }
        };
    assertThat(isOwnWriteSeenByTheOther(rules)).isFalse();
  }
}
