package io.p2pmap.internal.wire;

import io.p2pmap.internal.replication.Message.Batch;

/** Fields of a {@link Batch}. */
final class BatchFormat {

  private static final int ORIGIN = 10;
  private static final int WRITER = 11;
  private static final int PREVIOUS_TIME = 12;
  private static final int LAST_TIME = 13;

  private BatchFormat() {}

  static <K> void write(PayloadWriter out, Batch<K> batch) {
    out.origin(ORIGIN, batch.origin());
    out.writer(WRITER, batch.writer());
    out.fixed(PREVIOUS_TIME, batch.previousTime());
    out.fixed(LAST_TIME, batch.lastTime());
    out.entries(batch.entries());
  }

  static <K> Batch<K> read(PayloadReader<K> in) {
    return new Batch<>(
        in.origin(ORIGIN),
        in.writer(WRITER),
        in.fixed(PREVIOUS_TIME),
        in.fixed(LAST_TIME),
        in.entries());
  }
}
