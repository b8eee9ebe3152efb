package io.p2pmap;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.engine.Keys;
import io.p2pmap.internal.engine.Node;
import io.p2pmap.internal.replication.Tombstones;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Puts what a replica knows of its tombstones into the words of the public API. */
record TombstoneReport<K>(Node node, Keys<K> keys, Tombstones<Object> tombstones) {

  List<TombstoneInfo<K>> infos() {
    return tombstones.entries().stream()
        .filter(entry -> keys.isDecoded(entry.key()))
        .map(this::info)
        .toList();
  }

  @SuppressWarnings("unchecked") // a decoded identity is a key
  private TombstoneInfo<K> info(Entry<Object> tombstone) {
    return new TombstoneInfo<>(
        (K) tombstone.key(),
        tombstones.writers().getOrDefault(tombstone.origin(), ""),
        Instant.ofEpochMilli(HybridTime.epochMillis(tombstone.time())),
        tombstones.knowers().stream()
            .filter(knower -> !knower.knows(tombstone))
            .map(this::awaited)
            .toList());
  }

  private TombstoneInfo.Awaited awaited(Tombstones.Knower knower) {
    UUID here = knower.incarnation();
    return new TombstoneInfo.Awaited(
        node.nameOf(here != null ? here : knower.replicaId()),
        knower.replicaId().toString(),
        here != null ? null : Duration.ofNanos(knower.awayNanos()));
  }
}
