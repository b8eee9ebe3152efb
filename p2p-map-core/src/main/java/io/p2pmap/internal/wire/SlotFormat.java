package io.p2pmap.internal.wire;

import io.p2pmap.internal.replication.Message.Slot;

/** Fields of a {@link Slot}. */
final class SlotFormat {

  private static final int OWNER = 10;
  private static final int WRITER = 11;
  private static final int SEQUENCE = 12;

  private SlotFormat() {}

  static <K> void write(PayloadWriter out, Slot<K> slot) {
    out.origin(OWNER, slot.owner());
    out.writer(WRITER, slot.writer());
    out.varint(SEQUENCE, slot.sequence());
    out.entries(slot.entries());
  }

  static <K> Slot<K> read(PayloadReader<K> in) {
    return new Slot<>(in.origin(OWNER), in.writer(WRITER), in.varint(SEQUENCE), in.entries());
  }
}
