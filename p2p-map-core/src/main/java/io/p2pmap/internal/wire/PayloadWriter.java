package io.p2pmap.internal.wire;

import io.p2pmap.internal.codec.ByteWriter;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Writes the fields of one message, each as number, length, and contents; the counterpart of {@link
 * PayloadReader}. An origin is written as its index in a table, which is the last field.
 *
 * <p>Threading: confined to one thread.
 */
final class PayloadWriter {

  private final ByteWriter out;
  private final OriginTable origins = new OriginTable();

  PayloadWriter(ByteWriter out) {
    this.out = out;
  }

  void varint(int field, long value) {
    field(field, () -> out.writeVarLong(value));
  }

  /** Writes the position of {@code value} in {@code choices}, which only ever grow at their end. */
  <E> void choice(int field, List<E> choices, E value) {
    varint(field, choices.indexOf(value));
  }

  void fixed(int field, long value) {
    field(field, () -> out.writeLong(value));
  }

  void uuid(int field, UUID value) {
    field(field, () -> out.writeUuid(value));
  }

  void writer(int field, String name) {
    field(field, () -> writeWriter(name));
  }

  void origin(int field, UUID origin) {
    varint(field, origins.indexOf(origin));
  }

  void fingerprint(int field, Fingerprint fingerprint) {
    field(
        field,
        () -> {
          out.writeLong(fingerprint.sum());
          out.writeVarLong(fingerprint.count());
        });
  }

  void vector(int field, VersionVector vector) {
    field(
        field,
        () ->
            vector.forEach(
                (origin, time) -> {
                  out.writeVarInt(origins.indexOf(origin));
                  out.writeLong(time);
                }));
  }

  void writers(int field, Map<UUID, String> writers) {
    field(
        field,
        () ->
            writers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                    writer -> {
                      out.writeVarInt(origins.indexOf(writer.getKey()));
                      writeWriter(writer.getValue());
                    }));
  }

  /** Writes durations in milliseconds by identifier. */
  void durations(int field, Map<UUID, Long> millis) {
    field(
        field,
        () ->
            millis.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                    duration -> {
                      out.writeUuid(duration.getKey());
                      out.writeVarLong(duration.getValue());
                    }));
  }

  <K> void entries(List<Entry<K>> entries) {
    entries(FieldNumbers.ENTRIES, entries);
  }

  <K> void entries(int field, List<Entry<K>> entries) {
    field(field, () -> EntryFormat.write(out, origins, entries));
  }

  void uuids(int field, Set<UUID> ids) {
    field(field, () -> ids.stream().sorted().forEach(out::writeUuid));
  }

  /** Writes a field whose contents are fields in turn. */
  void nested(int field, Runnable fields) {
    field(field, fields);
  }

  /** Ends the message with the table of its origins. */
  void end() {
    if (!origins.isEmpty()) {
      field(FieldNumbers.ORIGINS, () -> origins.write(out));
    }
  }

  private void writeWriter(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    WireLimits.check("bytes of a node's name", bytes.length, WireLimits.MAX_WRITER_BYTES);
    out.writeBytes(bytes);
  }

  private void field(int number, Runnable contents) {
    out.writeVarInt(number);
    int start = out.openRecord();
    contents.run();
    out.closeRecord(start);
  }
}
