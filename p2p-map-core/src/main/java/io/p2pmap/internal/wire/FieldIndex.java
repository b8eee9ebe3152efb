package io.p2pmap.internal.wire;

import io.p2pmap.internal.codec.ByteReader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the fields of a message are; they may come in any order, and unknown ones are skipped. */
final class FieldIndex {

  private final @Nullable ByteReader[] fields = new @Nullable ByteReader[FieldNumbers.MAX + 1];
  private final ByteReader message;

  FieldIndex(ByteReader message) {
    this.message = message;
    while (message.remaining() > 0) {
      int number = message.readVarInt();
      ByteReader contents = message.slice(message.readVarInt());
      if (number <= FieldNumbers.MAX) {
        add(number, contents);
      }
    }
  }

  private void add(int number, ByteReader contents) {
    if (fields[number] != null) {
      throw message.malformed("field %d twice".formatted(number));
    }
    fields[number] = contents;
  }

  boolean has(int number) {
    return fields[number] != null;
  }

  /** What {@code contents} makes of a field, which must be there and be read to its end. */
  <T> T read(int number, Function<ByteReader, T> contents) {
    ByteReader in = fields[number];
    if (in == null) {
      throw message.malformed("no field %d".formatted(number));
    }
    T value = contents.apply(in);
    if (in.remaining() > 0) {
      throw in.malformed("%d bytes too many in field %d".formatted(in.remaining(), number));
    }
    return value;
  }
}
