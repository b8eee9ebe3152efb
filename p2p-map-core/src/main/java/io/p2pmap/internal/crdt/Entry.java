package io.p2pmap.internal.crdt;

import io.p2pmap.internal.text.PlainText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
 * <p>Text is not held twice: a key that is plain text stands for its bytes, and so does a value as
 * soon as somebody has read it. They are made again when they are asked for.
 *
 * <p>Threading: immutable, but for the {@link #readView} that readers cache, and {@link #shareKey}.
 *
 * @param <K> how the replica's map identifies the key
 */
public final class Entry<K> implements Comparable<Entry<K>> {

  /** Marks an entry that never expires. */
  public static final long NEVER = 0;

  private static final VarHandle VALUE_BYTES;
  private static final VarHandle READ_VIEW;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      VALUE_BYTES = lookup.findVarHandle(Entry.class, "valueBytes", byte[].class);
      READ_VIEW = lookup.findVarHandle(Entry.class, "readView", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private K key;

  // Null if the key is a text that stands for them.
  private final byte @Nullable [] keyBytes;

  // Null if this is a tombstone, or if the read view is a text that stands for them.
  private byte @Nullable [] valueBytes;
  private final long time;
  private final UUID origin;
  private final long expiresAtMillis;
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
    this.keyBytes =
        key instanceof String text && PlainText.isAsciiOf(text, keyBytes) ? null : keyBytes;
    this.valueBytes = valueBytes;
    this.time = time;
    this.origin = origin;
    this.expiresAtMillis = valueBytes == null ? NEVER : expiresAtMillis;
    long hash = Hash64.combine(Hash64.of(keyBytes), time);
    hash = Hash64.combine(hash, Hash64.of(origin));
    this.fingerprint = Hash64.combine(hash, valueBytes == null ? -1 : Hash64.of(valueBytes));
  }

  /** How the replica's map identifies the key. */
  public K key() {
    return key;
  }

  /** The encoded key; not to be changed. */
  public byte[] keyBytes() {
    return keyBytes != null ? keyBytes : PlainText.encodeAscii((String) key);
  }

  /** Takes the equal key of {@code other} for its own, before anybody else knows this entry. */
  public void shareKey(Entry<K> other) {
    if (keyBytes == null && other.keyBytes == null) {
      key = other.key;
    }
  }

  /** The encoded value, not to be changed, or null for a tombstone. */
  public byte @Nullable [] valueBytes() {
    byte[] bytes = (byte[]) VALUE_BYTES.getAcquire(this);
    if (bytes != null) {
      return bytes;
    }
    Object text = readView;
    return text == null ? null : PlainText.encodeAscii((String) text);
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
    return VALUE_BYTES.getAcquire(this) == null && readView == null;
  }

  /** Whether it is live and has a time to live. */
  public boolean expires() {
    return expiresAtMillis != NEVER;
  }

  /** Whether readers see it: live, and not expired on their clock. Never stored nor sent. */
  public boolean isVisible(long wallMillis) {
    return !isTombstone() && (expiresAtMillis == NEVER || expiresAtMillis > wallMillis);
  }

  /** Time and origin of the write. */
  public Stamp stamp() {
    return new Stamp(time, origin);
  }

  /** Approximate size on the wire, in bytes. */
  public int lengthBytes() {
    return 40
        + (keyBytes != null ? keyBytes.length : PlainText.asciiBytes((String) key))
        + valueLengthBytes();
  }

  /** Length of the encoded value, in bytes; zero for a tombstone. */
  public int valueLengthBytes() {
    byte[] bytes = (byte[]) VALUE_BYTES.getAcquire(this);
    if (bytes != null) {
      return bytes.length;
    }
    Object text = readView;
    return text == null ? 0 : PlainText.asciiBytes((String) text);
  }

  /** Whether both have the same value bytes, whatever their stamps. */
  public boolean hasValueOf(Entry<K> other) {
    return Arrays.equals(valueBytes(), other.valueBytes());
  }

  /** What a reader made of the bytes, or null if none has yet. */
  public @Nullable Object readView() {
    return readView;
  }

  /**
   * Remembers what a reader made of the bytes; the first view stays. If it is plain text, it stands
   * for the bytes from now on.
   */
  public void cacheReadView(Object view) {
    byte[] bytes = valueBytes;
    if (READ_VIEW.compareAndSet(this, null, view)
        && bytes != null
        && view instanceof String text
        && PlainText.isAsciiOf(text, bytes)) {
      VALUE_BYTES.setRelease(this, null); // later than the view: with neither it were a tombstone
    }
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
    return byLife != 0 ? byLife : Long.compare(valueHash(), other.valueHash());
  }

  private long valueHash() {
    byte[] bytes = valueBytes();
    return bytes == null ? 0 : Hash64.of(bytes);
  }

  /** Whether this is the same write as {@code other}, key included. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Entry<?> that
        && fingerprint == that.fingerprint // of the value, too
        && time == that.time
        && origin.equals(that.origin)
        && isTombstone() == that.isTombstone()
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
