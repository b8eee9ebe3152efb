package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends missing entries to peers that ask, and collects what peers send: at most one transfer to
 * and one from each peer.
 *
 * <p>Threading: confined to its replica.
 */
final class Transfers<K> {

  private final ReplicaState<K> state;
  private final Merge<K> merge;
  private final Peers peers;
  private final Map<UUID, OutgoingTransfer<K>> outgoing = new LinkedHashMap<>();
  private final Map<UUID, IncomingTransfer<K>> incoming = new LinkedHashMap<>();
  private long lastId;

  Transfers(ReplicaState<K> state, Merge<K> merge, Peers peers) {
    this.state = state;
    this.merge = merge;
    this.peers = peers;
  }

  /** Sends {@code receiver}, who has seen {@code theirs}, what it has not. */
  void sendMissing(UUID receiver, VersionVector theirs, Turn<K> turn) {
    if (theirs.covers(state.horizon)) {
      state.counters.increment(Counter.DELTAS_SENT);
      List<Entry<K>> missing =
          state.contents.all().stream().filter(entry -> !theirs.covers(entry)).toList();
      send(receiver, Kind.DELTA, theirs, missing, turn);
    } else {
      state.counters.increment(Counter.FULL_STATES_SENT);
      send(receiver, Kind.FULL, new VersionVector(), state.contents.all(), turn);
    }
  }

  /** Sends all that does not expire to a peer that has seen the same but holds something else. */
  void sendRepair(UUID receiver, Turn<K> turn) {
    state.counters.increment(Counter.REPAIRS_SENT);
    List<Entry<K>> lasting =
        state.contents.all().stream().filter(entry -> !entry.expires()).toList();
    send(receiver, Kind.REPAIR, new VersionVector(), lasting, turn);
  }

  private void send(
      UUID receiver, Kind kind, VersionVector since, List<Entry<K>> entries, Turn<K> turn) {
    Message.Header header =
        new Message.Header(
            kind,
            since,
            state.seen.copy(),
            state.horizon.copy(),
            Fingerprint.of(entries),
            writersOf(entries),
            peers.absencesMillis(turn.now().monotonicNanos()));
    OutgoingTransfer<K> transfer =
        new OutgoingTransfer<>(
            receiver,
            ++lastId,
            header,
            state.rules.capture(entries),
            state.settings.messageBytes());
    outgoing.put(receiver, transfer);
    transfer.start(turn);
    outgoing.values().removeIf(OutgoingTransfer::isDone);
  }

  private Map<UUID, String> writersOf(List<Entry<K>> entries) {
    Map<UUID, String> writers = new HashMap<>();
    for (Entry<K> entry : entries) {
      String name = state.writers().get(entry.origin());
      if (name != null) {
        writers.put(entry.origin(), name);
      }
    }
    return writers;
  }

  void received(UUID receiver, Message.ChunkReceived<K> receipt, Turn<K> turn) {
    OutgoingTransfer<K> transfer = outgoing.get(receiver);
    if (transfer != null) {
      transfer.received(receipt, turn);
      outgoing.values().removeIf(OutgoingTransfer::isDone);
    }
  }

  /**
   * What became of a transfer when a part arrived; {@code applied} is null unless it is applied.
   */
  record Progress(boolean isComplete, Message.@Nullable Header applied) {

    private static final Progress UNDER_WAY = new Progress(false, null);
    private static final Progress REFUSED = new Progress(true, null);
  }

  /** Takes one part in, and applies the transfer if it is complete and fits. */
  Progress receive(UUID sender, Message.Chunk<K> part, Turn<K> turn) {
    IncomingTransfer<K> transfer = incoming.get(sender);
    if (transfer == null || transfer.id() < part.transferId()) {
      transfer = new IncomingTransfer<>(part.transferId());
      incoming.put(sender, transfer);
    }
    if (transfer.id() != part.transferId()) {
      return Progress.UNDER_WAY;
    }
    transfer.add(part, turn.now().monotonicNanos());
    if (state.rules.appliesPartsEarly()) {
      part.entries().forEach(entry -> merge.apply(entry, null, turn));
    }
    if (!part.isLast()) {
      turn.unicast(sender, new Message.ChunkReceived<>(part.transferId(), part.index()));
    }
    return transfer.isComplete() ? complete(sender, transfer, turn) : Progress.UNDER_WAY;
  }

  private Progress complete(UUID sender, IncomingTransfer<K> transfer, Turn<K> turn) {
    incoming.remove(sender);
    Message.Header header = transfer.header();
    List<Entry<K>> entries = transfer.entries();
    if (header == null || !fits(header) || !state.rules.isIntact(header, entries)) {
      state.counters.increment(Counter.TRANSFERS_REFUSED);
      return Progress.REFUSED;
    }
    state.counters.increment(Counter.TRANSFERS_APPLIED);
    merge.transfer(header, entries, turn);
    state.rules.inheritKnown(peers, header, turn.now().monotonicNanos());
    return new Progress(true, header);
  }

  private boolean fits(Message.Header header) {
    return switch (header.kind()) {
      case DELTA -> state.rules.fits(header, state.seen);
      case FULL -> true;
      case REPAIR -> header.seen().equals(state.seen);
    };
  }

  boolean isSending(UUID receiver) {
    return outgoing.containsKey(receiver);
  }

  void forget(UUID peer) {
    outgoing.remove(peer);
    incoming.remove(peer);
  }

  /** Gives up transfers without progress since {@code sinceNanos}. */
  void forgetStalled(long sinceNanos) {
    outgoing.values().removeIf(transfer -> transfer.lastProgressNanos() - sinceNanos < 0);
    incoming.values().removeIf(transfer -> transfer.lastProgressNanos() - sinceNanos < 0);
  }
}
