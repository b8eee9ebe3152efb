package io.p2pmap.internal.wire;

import io.p2pmap.internal.codec.ByteReader;
import io.p2pmap.internal.codec.ByteWriter;
import io.p2pmap.internal.codec.MalformedBytesException;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.replication.StateDelta;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a {@link StateDelta} as a record on disk: a version byte, then fields like those of a
 * frame. The parts of one delta take effect together, after the last one (B12).
 *
 * @param isLast whether the delta ends with this part
 */
public record StateRecord<K>(StateDelta<K> delta, boolean isLast) {

  /** Version of the layout. */
  public static final int VERSION = 1;

  private static final int IS_LAST = 10;
  private static final int DROPPED = 11;
  private static final int SEEN = 12;
  private static final int HORIZON = 13;
  private static final int WRITERS = 14;
  private static final int KNOWN = 15;
  private static final int REPLICA_ID = 16;

  private static final List<Boolean> ANSWERS = List.of(false, true);

  /** The bytes of this record. */
  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    PayloadWriter payload = new PayloadWriter(out);
    payload.choice(IS_LAST, ANSWERS, isLast);
    payload.entries(delta.stored());
    if (!delta.dropped().isEmpty()) {
      payload.entries(DROPPED, delta.dropped().stream().map(StateRecord::withoutValue).toList());
    }
    payload.vector(SEEN, delta.seen());
    payload.vector(HORIZON, delta.horizon());
    payload.writers(WRITERS, delta.writers());
    if (delta.known() != null) {
      payload.uuids(KNOWN, delta.known());
    }
    if (delta.replicaId() != null) {
      payload.uuid(REPLICA_ID, delta.replicaId());
    }
    payload.end();
    return out.toByteArray();
  }

  private static <K> Entry<K> withoutValue(Entry<K> entry) {
    return new Entry<>(
        entry.key(), entry.keyBytes(), null, entry.time(), entry.origin(), Entry.NEVER);
  }

  /**
   * The record of these bytes.
   *
   * @throws MalformedBytesException if they are of a later version, or no record
   */
  public static <K> StateRecord<K> decode(byte[] bytes, Function<byte[], K> keys) {
    ByteReader in = new ByteReader(bytes);
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw in.malformed("record of version %d, this release reads %d".formatted(version, VERSION));
    }
    PayloadReader<K> payload = new PayloadReader<>(in, keys);
    StateDelta<K> delta =
        new StateDelta<>(
            payload.entries(),
            payload.has(DROPPED) ? payload.entries(DROPPED) : List.of(),
            payload.vector(SEEN),
            payload.vector(HORIZON),
            payload.writers(WRITERS),
            payload.has(KNOWN) ? payload.uuids(KNOWN) : null,
            payload.has(REPLICA_ID) ? payload.uuid(REPLICA_ID) : null);
    return new StateRecord<>(delta, payload.choice(IS_LAST, ANSWERS));
  }
}
