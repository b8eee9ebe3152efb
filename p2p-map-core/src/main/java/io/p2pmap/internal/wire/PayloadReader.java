package io.p2pmap.internal.wire;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.codec.ByteReader;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads the fields of one message; the counterpart of {@link PayloadWriter}. A field that is asked
 * for and is not there makes the message malformed.
 *
 * <p>Threading: confined to one thread.
 */
final class PayloadReader<K> {

  private final FieldIndex fields;
  private final UUID[] origins;
  private final Function<byte[], K> keyDecoder;

  PayloadReader(ByteReader message, Function<byte[], K> keyDecoder) {
    this.fields = new FieldIndex(message);
    this.origins = has(FieldNumbers.ORIGINS) ? readOrigins() : new UUID[0];
    this.keyDecoder = keyDecoder;
  }

  private PayloadReader(ByteReader message, PayloadReader<K> outer) {
    this.fields = new FieldIndex(message);
    this.origins = outer.origins;
    this.keyDecoder = outer.keyDecoder;
  }

  boolean has(int field) {
    return fields.has(field);
  }

  long varint(int field) {
    return fields.read(field, ByteReader::readVarLong);
  }

  int varint31(int field) {
    return fields.read(field, ByteReader::readVarInt);
  }

  /** The one of {@code choices} whose position the field holds. */
  <E> E choice(int field, List<E> choices) {
    return fields.read(
        field,
        in -> {
          int position = in.readVarInt();
          if (position >= choices.size()) {
            throw in.malformed("choice %d of %d".formatted(position, choices.size()));
          }
          return choices.get(position);
        });
  }

  long fixed(int field) {
    return fields.read(field, ByteReader::readLong);
  }

  UUID uuid(int field) {
    return fields.read(field, ByteReader::readUuid);
  }

  String writer(int field) {
    return fields.read(field, PayloadReader::readWriter);
  }

  UUID origin(int field) {
    return fields.read(field, in -> OriginTable.readIndexed(in, origins));
  }

  Fingerprint fingerprint(int field) {
    return fields.read(field, in -> new Fingerprint(in.readLong(), in.readVarLong()));
  }

  VersionVector vector(int field) {
    return fields.read(field, this::readVector);
  }

  Map<UUID, String> writers(int field) {
    return fields.read(field, this::readWriters);
  }

  Map<UUID, Long> durations(int field) {
    return fields.read(field, PayloadReader::readDurations);
  }

  List<Entry<K>> entries() {
    return entries(FieldNumbers.ENTRIES);
  }

  List<Entry<K>> entries(int field) {
    return fields.read(field, in -> EntryFormat.read(in, origins, keyDecoder));
  }

  Set<UUID> uuids(int field) {
    return fields.read(field, PayloadReader::readUuids);
  }

  /** A reader of a field whose contents are fields in turn. */
  PayloadReader<K> nested(int field) {
    return fields.read(field, in -> new PayloadReader<>(in, this));
  }

  private UUID[] readOrigins() {
    return fields.read(FieldNumbers.ORIGINS, OriginTable::read);
  }

  private VersionVector readVector(ByteReader in) {
    VersionVector vector = new VersionVector();
    while (in.remaining() > 0) {
      UUID origin = OriginTable.readIndexed(in, origins);
      long time = in.readLong();
      if (!HybridTime.isWellFormed(time) || vector.get(origin) != 0) {
        throw in.malformed("version vector with time %d".formatted(time));
      }
      vector.advance(origin, time);
    }
    return vector;
  }

  private static Set<UUID> readUuids(ByteReader in) {
    Set<UUID> ids = new LinkedHashSet<>();
    while (in.remaining() > 0) {
      ids.add(in.readUuid());
    }
    return ids;
  }

  private Map<UUID, String> readWriters(ByteReader in) {
    Map<UUID, String> writers = new LinkedHashMap<>();
    while (in.remaining() > 0) {
      writers.put(OriginTable.readIndexed(in, origins), readWriter(in));
    }
    return Collections.unmodifiableMap(writers);
  }

  private static Map<UUID, Long> readDurations(ByteReader in) {
    Map<UUID, Long> durations = new LinkedHashMap<>();
    while (in.remaining() > 0) {
      UUID id = in.readUuid();
      long millis = in.readVarLong();
      if (millis < 0 || millis > HybridTime.MAX_WALL_MILLIS) {
        throw in.malformed("duration of %d ms".formatted(millis));
      }
      durations.put(id, millis);
    }
    return Collections.unmodifiableMap(durations);
  }

  private static String readWriter(ByteReader in) {
    return in.readString(WireLimits.MAX_WRITER_BYTES);
  }
}
