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
import io.p2pmap.internal.replication.Message.Chunk;
import io.p2pmap.internal.replication.Message.ChunkReceived;
import io.p2pmap.internal.replication.Message.Digest;
import io.p2pmap.internal.replication.Message.Header;
import io.p2pmap.internal.replication.Message.Intent;
import io.p2pmap.internal.replication.Message.Kind;
import io.p2pmap.internal.replication.Message.Slot;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageRulesTest {

  private static final UUID A = new UUID(1, 1);
  private static final UUID B = new UUID(2, 2);
  private static final Fingerprint NEGATIVE = new Fingerprint(0, -1);

  static Stream<Arguments> brokenMessages() {
    return Stream.of(
        Arguments.of("batch from 5 to 5", batch(5, 5)),
        Arguments.of("batch from -1 to 5", batch(-1, 5)),
        Arguments.of("batch from 0 to", batch(0, HybridTime.MAX + 1)),
        Arguments.of("entry at 5 in a batch", batch(5, 9, put(5, A, 0))),
        Arguments.of("entry at 10 in a batch", batch(5, 9, put(10, A, 0))),
        Arguments.of("another origin", batch(5, 9, put(6, B, 0))),
        Arguments.of("expires at -1", batch(5, 9, put(6, A, -1))),
        Arguments.of("clock at -1", digest(null, Fingerprint.EMPTY, Fingerprint.EMPTY, -1)),
        Arguments.of(
            "clock at", digest(null, Fingerprint.EMPTY, Fingerprint.EMPTY, HybridTime.MAX + 1)),
        Arguments.of("negative count", digest(null, NEGATIVE, Fingerprint.EMPTY, 0)),
        Arguments.of("negative count", digest(null, Fingerprint.EMPTY, NEGATIVE, 0)),
        Arguments.of(
            "vector", digest(tooFar(), Fingerprint.EMPTY, Fingerprint.EMPTY, HybridTime.MAX)),
        Arguments.of("part 0 without header", chunk(0, null)),
        Arguments.of("part 1 with header", chunk(1, header(Kind.FULL, none(), none(), none()))),
        Arguments.of("part -1", chunk(-1, null)),
        Arguments.of("vector", chunk(0, header(Kind.DELTA, tooFar(), none(), none()))),
        Arguments.of("vector", chunk(0, header(Kind.FULL, none(), tooFar(), none()))),
        Arguments.of("vector", chunk(0, header(Kind.FULL, none(), none(), tooFar()))),
        Arguments.of("start of a delta", chunk(0, header(Kind.FULL, one(), one(), none()))),
        Arguments.of("start of a delta", chunk(0, header(Kind.REPAIR, one(), one(), none()))),
        Arguments.of(
            "negative count",
            chunk(0, new Header(Kind.FULL, none(), none(), none(), NEGATIVE, Map.of(), Map.of()))),
        Arguments.of("entry at 0", chunk(put(0, A, 0))),
        Arguments.of("entry at", chunk(put(HybridTime.MAX + 1, A, 0))),
        Arguments.of("expires at", chunk(put(1, A, HybridTime.MAX_WALL_MILLIS + 1))),
        Arguments.of("negative index", new ChunkReceived<String>(1, -1)),
        Arguments.of("sequence number", new Slot<String>(A, "n", -1, List.of())),
        Arguments.of("sequence number", new Slot<String>(A, "n", HybridTime.MAX + 1, List.of())),
        Arguments.of("removal", new Slot<>(A, "n", 1, List.of(removal(1)))),
        Arguments.of("entry at 0", new Slot<>(A, "n", 1, List.of(put(0, A, 0)))));
  }

  @ParameterizedTest
  @MethodSource("brokenMessages")
  void aMessageThatBreaksARuleIsNotSent(String reason, Message<String> message) {
    assertThat(MessageRules.violationOf(message)).contains(reason);
    assertThatThrownBy(() -> Frames.encode("m", message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aMessageThatBreaksARuleIsMalformedWhenItArrives() {
    ByteWriter out = new ByteWriter();
    FrameHeader.write(out, MessageType.BATCH, "m");
    PayloadWriter payload = new PayloadWriter(out);
    BatchFormat.write(payload, (Batch<String>) batch(5, 9, put(6, B, 0)));
    payload.end();
    assertThatThrownBy(() -> Frames.decode(out.toByteArray()))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("another origin");
  }

  @Test
  void aKeyThatCanNotBeDecodedMakesTheFrameMalformed() {
    byte[] frame = Frames.encode("m", batch(5, 9, put(6, A, 0)));
    FrameDecoder<String> throwing =
        new FrameDecoder<>(
            key -> {
              throw new IllegalStateException("no such key");
            });
    assertThatThrownBy(() -> throwing.decode(Frames.header(frame)))
        .isInstanceOf(MalformedBytesException.class)
        .hasRootCauseMessage("no such key");
    assertThatThrownBy(() -> new FrameDecoder<String>(key -> null).decode(Frames.header(frame)))
        .isInstanceOf(MalformedBytesException.class);
  }

  static Stream<Arguments> messagesOverALimit() {
    byte[] longKey = new byte[WireLimits.MAX_KEY_BYTES + 1];
    byte[] longValue = new byte[WireLimits.MAX_VALUE_BYTES + 1];
    byte[] half = new byte[WireLimits.MAX_FRAME_BYTES / 2];
    VersionVector large = new VersionVector();
    for (int i = 0; i <= WireLimits.MAX_ORIGINS; i++) {
      large.advance(new UUID(0, i), 1);
    }
    return Stream.of(
        Arguments.of("bytes of a key", chunk(entry(longKey, new byte[0]))),
        Arguments.of("bytes of a value", chunk(entry(new byte[0], longValue))),
        Arguments.of("bytes of a node's name", new Slot<String>(A, "n".repeat(256), 1, List.of())),
        Arguments.of("origins", digest(large, Fingerprint.EMPTY, Fingerprint.EMPTY, 0)),
        Arguments.of(
            "entries", chunk(Collections.nCopies(WireLimits.MAX_ENTRIES + 1, put(1, A, 0)))),
        Arguments.of(
            "bytes of a frame",
            chunk(List.of(entry(new byte[0], half), entry(new byte[0], half)))));
  }

  @ParameterizedTest
  @MethodSource("messagesOverALimit")
  void aMessageOverALimitIsNotSent(String limit, Message<String> message) {
    assertThatThrownBy(() -> Frames.encode("m", message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(limit + ":");
  }

  @Test
  void theLargestEntryHasRoomInAFrame() {
    byte[] key = new byte[WireLimits.MAX_KEY_BYTES];
    byte[] value = new byte[WireLimits.MAX_VALUE_BYTES];
    String mapName = "m".repeat(WireLimits.MAX_MAP_NAME_BYTES);
    String writer = "n".repeat(WireLimits.MAX_WRITER_BYTES);
    Entry<String> largest = new Entry<>("k", key, value, HybridTime.MAX, A, 1);
    byte[] frame =
        Frames.encode(mapName, new Batch<>(A, writer, 0, HybridTime.MAX, List.of(largest)));
    assertThat(((Batch<String>) Frames.decode(frame)).entries()).hasSize(1);
  }

  @Test
  void aMapNameOverItsLimitIsNotSent() {
    assertThatThrownBy(() -> Frames.encode("ä".repeat(501), new Message.NotHosted<>()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Message<String> batch(long previous, long last) {
    return new Batch<>(A, "n", previous, last, List.of());
  }

  private static Message<String> batch(long previous, long last, Entry<String> entry) {
    return new Batch<>(A, "n", previous, last, List.of(entry));
  }

  private static Message<String> digest(
      VersionVector vector, Fingerprint lasting, Fingerprint expiring, long clock) {
    return new Digest<>(Intent.REPORT, A, null, 0, vector, lasting, expiring, clock, 0);
  }

  private static Message<String> chunk(int index, Header header) {
    return new Chunk<>(1, index, true, header, List.of());
  }

  private static Message<String> chunk(Entry<String> entry) {
    return chunk(List.of(entry));
  }

  private static Message<String> chunk(List<Entry<String>> entries) {
    return new Chunk<>(1, 1, true, null, entries);
  }

  private static Header header(
      Kind kind, VersionVector since, VersionVector seen, VersionVector horizon) {
    return new Header(kind, since, seen, horizon, Fingerprint.EMPTY, Map.of(), Map.of());
  }

  private static VersionVector none() {
    return new VersionVector();
  }

  private static VersionVector one() {
    return vector(1);
  }

  private static VersionVector tooFar() {
    return vector(HybridTime.MAX + 1);
  }

  private static VersionVector vector(long time) {
    VersionVector vector = new VersionVector();
    vector.advance(A, time);
    return vector;
  }

  private static Entry<String> put(long time, UUID origin, long expiresAtMillis) {
    return new Entry<>("k", new byte[1], new byte[1], time, origin, expiresAtMillis);
  }

  private static Entry<String> removal(long time) {
    return new Entry<>("k", new byte[1], null, time, A, Entry.NEVER);
  }

  private static Entry<String> entry(byte[] key, byte[] value) {
    return new Entry<>("k", key, value, 1, A, Entry.NEVER);
  }
}
