package io.p2pmap.internal.wire;

import io.p2pmap.internal.replication.Message.Chunk;
import io.p2pmap.internal.replication.Message.ChunkReceived;
import io.p2pmap.internal.replication.Message.Header;
import io.p2pmap.internal.replication.Message.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of a {@link Chunk}, of the {@link Header} in it, and of a {@link ChunkReceived}. */
final class ChunkFormat {

  private static final int TRANSFER_ID = 10;
  private static final int INDEX = 11;
  private static final int IS_LAST = 12;
  private static final int HEADER = 13;

  private static final int KIND = 10;
  private static final int SINCE = 11;
  private static final int SEEN = 12;
  private static final int HORIZON = 13;
  private static final int CONTENTS = 14;
  private static final int WRITERS = 15;
  private static final int ABSENCES = 16;

  private static final List<Boolean> ANSWERS = List.of(false, true);
  private static final List<Kind> KINDS = List.of(Kind.DELTA, Kind.FULL, Kind.REPAIR);

  private ChunkFormat() {}

  static <K> void write(PayloadWriter out, Chunk<K> chunk) {
    out.fixed(TRANSFER_ID, chunk.transferId());
    out.varint(INDEX, chunk.index());
    out.choice(IS_LAST, ANSWERS, chunk.isLast());
    Header header = chunk.header();
    if (header != null) {
      out.nested(HEADER, () -> write(out, header));
    }
    out.entries(chunk.entries());
  }

  private static void write(PayloadWriter out, Header header) {
    out.choice(KIND, KINDS, header.kind());
    out.vector(SINCE, header.since());
    out.vector(SEEN, header.seen());
    out.vector(HORIZON, header.horizon());
    out.fingerprint(CONTENTS, header.contents());
    out.writers(WRITERS, header.writers());
    if (!header.absences().isEmpty()) {
      out.durations(ABSENCES, header.absences());
    }
  }

  static <K> Chunk<K> read(PayloadReader<K> in) {
    @Nullable Header header = in.has(HEADER) ? readHeader(in.nested(HEADER)) : null;
    return new Chunk<>(
        in.fixed(TRANSFER_ID),
        in.varint31(INDEX),
        in.choice(IS_LAST, ANSWERS),
        header,
        in.entries());
  }

  private static <K> Header readHeader(PayloadReader<K> in) {
    return new Header(
        in.choice(KIND, KINDS),
        in.vector(SINCE),
        in.vector(SEEN),
        in.vector(HORIZON),
        in.fingerprint(CONTENTS),
        in.writers(WRITERS),
        in.has(ABSENCES) ? in.durations(ABSENCES) : Map.of());
  }

  static <K> void write(PayloadWriter out, ChunkReceived<K> received) {
    out.fixed(TRANSFER_ID, received.transferId());
    out.varint(INDEX, received.index());
  }

  static <K> ChunkReceived<K> readReceived(PayloadReader<K> in) {
    return new ChunkReceived<>(in.fixed(TRANSFER_ID), in.varint31(INDEX));
  }
}
