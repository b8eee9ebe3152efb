package io.p2pmap.internal.crdt;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of one key: a last-writer-wins register (Shapiro et al., "A comprehensive study of
 * convergent and commutative replicated data types", 2011, section 3.2.1) that is either live or a
 * tombstone. Key and value are opaque bytes; they are passed on exactly as they were written.
 *
 * <p>Order: time, origin, tombstone above live, value hash. It is total, so that replicas agree
 * even on two versions that share a stamp by mistake.
 *
 * <p>Threading: immutable, but for the {@link #readView} that readers cache.
 *
 * @param <K> how the replica's map identifies the key
 */
public final class Entry<K> implements Comparable<Entry<K>> {

  /** Marks an entry that never expires. */
  public static final long NEVER = 0;

  private final K key;
  private final byte[] keyBytes;
  private final byte @Nullable [] valueBytes;
  private final long time;
  private final UUID origin;
  private final long expiresAtMillis;
  private final long valueHash;
  private final long fingerprint;
  private volatile @Nullable Object readView;

  /**
   * Creates an entry; it keeps the arrays, which must not change afterwards.
   *
   * @param valueBytes the encoded value, or null for a tombstone
   * @param expiresAtMillis epoch milliseconds, or {@link #NEVER}
   */
  public Entry(
      K key,
      byte[] keyBytes,
      byte @Nullable [] valueBytes,
      long time,
      UUID origin,
      long expiresAtMillis) {
    this.key = key;
    this.keyBytes = keyBytes;
    this.valueBytes = valueBytes;
    this.time = time;
    this.origin = origin;
    this.expiresAtMillis = valueBytes == null ? NEVER : expiresAtMillis;
    this.valueHash = valueBytes == null ? 0 : Hash64.of(valueBytes);
    this.fingerprint = fingerprintOf();
  }

  private long fingerprintOf() {
    long hash = Hash64.combine(Hash64.of(keyBytes), time);
    hash = Hash64.combine(hash, Hash64.of(origin));
    return Hash64.combine(hash, isTombstone() ? -1 : valueHash);
  }

  /** How the replica's map identifies the key. */
  public K key() {
    return key;
  }

  /** The encoded key; not to be changed. */
  public byte[] keyBytes() {
    return keyBytes;
  }

  /** The encoded value, not to be changed, or null for a tombstone. */
  public byte @Nullable [] valueBytes() {
    return valueBytes;
  }

  /** Hybrid time of the write. */
  public long time() {
    return time;
  }

  /** Who wrote it. */
  public UUID origin() {
    return origin;
  }

  /** When it expires in epoch milliseconds on the writer's clock, or {@link #NEVER}. */
  public long expiresAtMillis() {
    return expiresAtMillis;
  }

  /** 64-bit mix of key, stamp, and value; a map's fingerprint is the sum of these. */
  public long fingerprint() {
    return fingerprint;
  }

  /** Whether this is a removal. */
  public boolean isTombstone() {
    return valueBytes == null;
  }

  /** Whether it is live and has a time to live. */
  public boolean expires() {
    return expiresAtMillis != NEVER;
  }

  /** Whether readers see it: live, and not expired on their clock. Never stored nor sent. */
  public boolean isVisible(long wallMillis) {
    return valueBytes != null && (expiresAtMillis == NEVER || expiresAtMillis > wallMillis);
  }

  /** Time and origin of the write. */
  public Stamp stamp() {
    return new Stamp(time, origin);
  }

  /** Approximate size on the wire, in bytes. */
  public int lengthBytes() {
    return 40 + keyBytes.length + (valueBytes == null ? 0 : valueBytes.length);
  }

  /** Whether both have the same value bytes, whatever their stamps. */
  public boolean hasValueOf(Entry<K> other) {
    return valueHash == other.valueHash && Arrays.equals(valueBytes, other.valueBytes);
  }

  /** What a reader made of the bytes, or null if none has yet. */
  public @Nullable Object readView() {
    return readView;
  }

  /** Remembers what a reader made of the bytes; losing a race does no harm. */
  public void cacheReadView(Object view) {
    readView = view;
  }

  @Override
  public int compareTo(Entry<K> other) {
    if (time != other.time) {
      return Long.compare(time, other.time);
    }
    int byOrigin = origin.compareTo(other.origin);
    if (byOrigin != 0) {
      return byOrigin;
    }
    int byLife = Boolean.compare(isTombstone(), other.isTombstone());
    return byLife != 0 ? byLife : Long.compare(valueHash, other.valueHash);
  }

  /** Whether this is the same write as {@code other}, key included. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Entry<?> that
        && time == that.time
        && origin.equals(that.origin)
        && isTombstone() == that.isTombstone()
        && valueHash == that.valueHash
        && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return (int) fingerprint;
  }

  @Override
  public String toString() {
    return "%s %s at %d of %s%s"
        .formatted(
            isTombstone() ? "removal of" : "value of",
            key,
            time,
            origin,
            expires() ? " until " + expiresAtMillis : "");
  }
}
