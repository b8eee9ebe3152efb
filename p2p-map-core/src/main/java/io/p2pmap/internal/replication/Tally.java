package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;

/**
 * A {@link Fingerprint} that is kept up to date in constant time per change.
 *
 * <p>Threading: confined to its replica.
 */
final class Tally {

  private long sum;
  private long count;

  void add(Entry<?> entry) {
    sum += entry.fingerprint();
    count++;
  }

  void remove(Entry<?> entry) {
    sum -= entry.fingerprint();
    count--;
  }

  Fingerprint fingerprint() {
    return new Fingerprint(sum, count);
  }
}
