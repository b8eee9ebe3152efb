package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What one replica has seen, or has learned to be superseded: everything its version vector covers,
 * and everything the writers of that knew. So a vector that claims too much is found out.
 */
final class Knowledge {

  private final WriteLedger ledger;
  private final Map<String, BitSet> known = new HashMap<>();
  // Known writes that a known removal, or a known expiring entry, was meant to replace.
  private final Map<String, BitSet> killed = new HashMap<>();
  private final VersionVector seen = new VersionVector();

  Knowledge(WriteLedger ledger) {
    this.ledger = ledger;
  }

  /** The vector as of the last {@link #advance}. */
  VersionVector seen() {
    return seen;
  }

  /** Learns what {@code now} covers beyond the last time. */
  void advance(VersionVector now) {
    if (now.hash() == seen.hash()) {
      return;
    }
    VersionVector before = seen.copy();
    now.forEach(
        (origin, time) -> {
          long from = before.get(origin);
          if (time > from) {
            for (WriteLedger.Write write : ledger.of(origin)) {
              if (write.entry().time() > from && write.entry().time() <= time) {
                learn(write);
              }
            }
          }
        });
    seen.joinAll(now);
  }

  private void learn(WriteLedger.Write write) {
    BitSet ofKey = of(write.entry().key());
    ofKey.or(write.past());
    ofKey.set(write.id());
    killed(write.entry().key()).or(write.killed());
  }

  /** Records a write of this replica, which knows what it knows by now. */
  void wrote(Entry<String> entry) {
    String key = entry.key();
    learn(ledger.record(entry, (BitSet) of(key).clone(), (BitSet) killed(key).clone()));
  }

  /** Ids of the known writes of {@code key}. */
  BitSet of(String key) {
    return known.computeIfAbsent(key, any -> new BitSet());
  }

  private BitSet killed(String key) {
    return killed.computeIfAbsent(key, any -> new BitSet());
  }

  /** Whether {@code entry} is known to be removed. */
  boolean isKilled(Entry<String> entry) {
    WriteLedger.Write write = ledger.of(entry);
    return write != null && killed(entry.key()).get(write.id());
  }
}
