package io.p2pmap.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.codec.ByteWriter;
import io.p2pmap.internal.codec.MalformedBytesException;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.replication.Message.Batch;
import io.p2pmap.internal.replication.Message.Digest;
import io.p2pmap.internal.replication.Message.Intent;
import io.p2pmap.internal.wire.RawFields.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that our encoder does not write, but others may. */
class ForeignFramesTest {

  private static final UUID A = new UUID(1, 1);
  private static final int DIGEST_VECTOR = 14;

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MAX_VALUE, HybridTime.MAX_WALL_MILLIS + 1})
  void anExpiryBeyondTheRangeIsReadAsTheLatest(long expiresAtMillis) {
    Entry<String> entry = new Entry<>("k", new byte[1], new byte[1], 1, A, expiresAtMillis);
    Message<String> read = Frames.decode(unchecked(new Batch<>(A, "n", 0, 1, List.of(entry))));
    assertThat(((Batch<String>) read).entries().get(0).expiresAtMillis())
        .isEqualTo(HybridTime.MAX_WALL_MILLIS);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, HybridTime.MAX_WALL_MILLIS + 1})
  void aWallClockBeyondTheRangeIsReadAsItsEnd(long wallMillis) {
    Message<String> read = Frames.decode(Frames.encode("m", digest(wallMillis)));
    assertThat(((Digest<String>) read).wallMillis())
        .isEqualTo(Long.signum(wallMillis) * HybridTime.MAX_WALL_MILLIS);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, HybridTime.MAX + 1})
  void aVectorWithATimeThatNobodyIssuesIsMalformed(long time) {
    assertThatThrownBy(() -> Frames.decode(digestWithVector(time)))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("version vector");
  }

  @Test
  void aVectorThatNamesAnOriginTwiceIsMalformed() {
    assertThat(Frames.decode(digestWithVector(7))).isInstanceOf(Digest.class);
    assertThatThrownBy(() -> Frames.decode(digestWithVector(7, 8)))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("version vector");
  }

  @ParameterizedTest
  @CsvSource({"1, 1600016, 100001 origins", "2, 6000014, more than 1000000 entries"})
  void whatIsOverACountIsMalformed(int field, int lengthBytes, String reason) {
    byte[] contents = new byte[lengthBytes];
    for (int i = Long.BYTES; field == FieldNumbers.ENTRIES && i < lengthBytes; i += 6) {
      contents[i] = 5; // a record of zeros: no flag, empty key and value, time zero, first origin
    }
    byte[] frame = Frames.encode("m", new Batch<>(A, "n", 0, 1, List.of()));
    assertThatThrownBy(() -> Frames.decode(replace(frame, field, contents)))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining(reason);
  }

  private static byte[] digestWithVector(long... times) {
    byte[] contents =
        written(
            out -> {
              for (long time : times) {
                out.writeVarInt(0);
                out.writeLong(time);
              }
            });
    return replace(Frames.encode("m", digest(1)), DIGEST_VECTOR, contents);
  }

  private static Message<String> digest(long wallMillis) {
    VersionVector vector = new VersionVector();
    vector.advance(A, 1);
    Fingerprint none = Fingerprint.EMPTY;
    return new Digest<>(Intent.REPORT, A, A, 0, vector, none, none, 0, wallMillis);
  }

  private static byte[] replace(byte[] frame, int number, byte[] contents) {
    List<Field> fields = new ArrayList<>(RawFields.of(frame));
    fields.replaceAll(field -> field.number() == number ? new Field(number, contents) : field);
    return RawFields.replace(frame, fields);
  }

  private static byte[] unchecked(Batch<String> batch) {
    return written(
        out -> {
          FrameHeader.write(out, MessageType.BATCH, "m");
          PayloadWriter payload = new PayloadWriter(out);
          BatchFormat.write(payload, batch);
          payload.end();
        });
  }

  private static byte[] written(Consumer<ByteWriter> contents) {
    ByteWriter out = new ByteWriter();
    contents.accept(out);
    return out.toByteArray();
  }
}
