package io.p2pmap.internal.wire;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.codec.ByteReader;
import io.p2pmap.internal.codec.ByteWriter;
import io.p2pmap.internal.crdt.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Layout of a list of entries: the smallest of their times, then a record each. A record may be
 * longer than it is here; what a later release adds at its end is skipped, as are unknown flags.
 */
final class EntryFormat {

  private static final int TOMBSTONE = 1;
  private static final int EXPIRES = 2;

  /** About how long a record is; only for the first size of a list. */
  private static final int USUAL_BYTES = 100;

  private EntryFormat() {}

  static <K> void write(ByteWriter out, OriginTable origins, List<Entry<K>> entries) {
    WireLimits.check("entries", entries.size(), WireLimits.MAX_ENTRIES);
    long baseTime = smallestTime(entries);
    out.writeLong(baseTime);
    for (Entry<K> entry : entries) {
      int record = out.openRecord();
      writeRecord(out, origins, baseTime, entry);
      out.closeRecord(record);
    }
  }

  private static <K> long smallestTime(List<Entry<K>> entries) {
    long smallest = entries.isEmpty() ? 0 : Long.MAX_VALUE;
    for (Entry<K> entry : entries) {
      smallest = Math.min(smallest, entry.time());
    }
    return smallest;
  }

  private static <K> void writeRecord(
      ByteWriter out, OriginTable origins, long baseTime, Entry<K> entry) {
    byte[] key = entry.keyBytes();
    byte[] value = entry.valueBytes();
    WireLimits.check("bytes of a key", key.length, WireLimits.MAX_KEY_BYTES);
    out.writeByte((value == null ? TOMBSTONE : 0) | (entry.expires() ? EXPIRES : 0));
    out.writeBytes(key);
    if (value != null) {
      WireLimits.check("bytes of a value", value.length, WireLimits.MAX_VALUE_BYTES);
      out.writeBytes(value);
    }
    out.writeVarLong(entry.time() - baseTime);
    out.writeVarInt(origins.indexOf(entry.origin()));
    if (entry.expires()) {
      out.writeVarLong(entry.expiresAtMillis());
    }
  }

  static <K> List<Entry<K>> read(ByteReader in, UUID[] origins, Function<byte[], K> keyDecoder) {
    List<Entry<K>> entries = new ArrayList<>(in.remaining() / USUAL_BYTES);
    long baseTime = in.readLong();
    while (in.remaining() > 0) {
      if (entries.size() == WireLimits.MAX_ENTRIES) {
        throw in.malformed("more than %d entries".formatted(WireLimits.MAX_ENTRIES));
      }
      int outerEnd = in.openRecord();
      entries.add(readRecord(in, origins, baseTime, keyDecoder));
      in.closeRecord(outerEnd);
    }
    return Collections.unmodifiableList(entries);
  }

  private static <K> Entry<K> readRecord(
      ByteReader in, UUID[] origins, long baseTime, Function<byte[], K> keyDecoder) {
    int flags = in.readUnsignedByte();
    byte[] key = in.readBytes(WireLimits.MAX_KEY_BYTES);
    boolean isTombstone = (flags & TOMBSTONE) != 0;
    byte @Nullable [] value = isTombstone ? null : in.readBytes(WireLimits.MAX_VALUE_BYTES);
    long time = baseTime + in.readVarLong();
    UUID origin = OriginTable.readIndexed(in, origins);
    long expiresAt = (flags & EXPIRES) != 0 ? saturated(in.readVarLong()) : Entry.NEVER;
    return new Entry<>(decodeKey(in, key, keyDecoder), key, value, time, origin, expiresAt);
  }

  private static long saturated(long unsignedMillis) {
    boolean fits = unsignedMillis >= 0 && unsignedMillis <= HybridTime.MAX_WALL_MILLIS;
    return fits ? unsignedMillis : HybridTime.MAX_WALL_MILLIS;
  }

  private static <K> K decodeKey(ByteReader in, byte[] key, Function<byte[], K> keyDecoder) {
    try {
      return Objects.requireNonNull(keyDecoder.apply(key));
    } catch (RuntimeException e) {
      throw in.malformed("a key that can't be decoded", e);
    }
  }
}
