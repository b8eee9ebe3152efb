package io.p2pmap.internal.crdt;

/**
 * Order-independent summary of a set of entries: equal for equal sets, and for different ones with
 * a chance of about 2^-64.
 *
 * @param sum sum of {@link Entry#fingerprint}, modulo 2^64
 * @param count number of entries
 */
public record Fingerprint(long sum, long count) {

  /** Summary of no entries. */
  public static final Fingerprint EMPTY = new Fingerprint(0, 0);

  /** Summary of a list of entries. */
  public static <K> Fingerprint of(Iterable<Entry<K>> entries) {
    long sum = 0;
    long count = 0;
    for (Entry<K> entry : entries) {
      sum += entry.fingerprint();
      count++;
    }
    return new Fingerprint(sum, count);
  }
}
