package io.p2pmap.internal.wire;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.replication.Message.Intent;
import io.p2pmap.internal.replication.Message.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The messages of the golden frames, by file name. Never changed: a later release adds to them. */
final class SampleMessages {

  static final String MAP_NAME = "flags-ä";

  private static final UUID A = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final UUID B = UUID.fromString("b0000000-0000-4000-8000-00000000000b");
  private static final UUID REPLICA = UUID.fromString("c0000000-0000-4000-8000-00000000000c");
  private static final long T = HybridTime.ofMillis(1_767_323_045_000L);

  private SampleMessages() {}

  static Map<String, Message<String>> all() {
    Map<String, Message<String>> samples = new LinkedHashMap<>();
    samples.put("batch", new Message.Batch<>(A, "node-1", T, T + 70_000, writes()));
    samples.put("digest-with-vector", digest(Intent.REQUEST, A, vector()));
    samples.put("digest-with-hash", digest(Intent.REPORT, null, null));
    samples.put("chunk-first", new Message.Chunk<>(-2, 0, false, header(), writesOfTwo()));
    samples.put("chunk-last", new Message.Chunk<>(-2, 300, true, null, List.of()));
    samples.put("chunk-received", new Message.ChunkReceived<>(-2, 300));
    samples.put("slot", new Message.Slot<>(B, "knoten-ö", 7, List.of(put("self", "up", T, B, 0))));
    samples.put("not-hosted", new Message.NotHosted<>());
    return samples;
  }

  private static List<Entry<String>> writes() {
    return List.of(
        put("dark-mode", "on", T + 70_000, A, 0),
        put("session", "x".repeat(130), T + 1, A, 1_767_323_075_000L),
        new Entry<>("old", bytes("old"), null, T + 65_536, A, 0));
  }

  private static List<Entry<String>> writesOfTwo() {
    return List.of(put("a", "", T, B, 0), put("b", "1", 1, A, 0), put("c", "2", T - 1, B, 0));
  }

  private static Message<String> digest(Intent intent, UUID origin, VersionVector vector) {
    return new Message.Digest<>(
        intent,
        REPLICA,
        origin,
        0x0123456789ABCDEFL,
        vector,
        new Fingerprint(-1, 1000),
        Fingerprint.EMPTY,
        T + 5,
        1_767_323_045_001L);
  }

  private static Message.Header header() {
    VersionVector since = new VersionVector();
    since.advance(B, 1);
    VersionVector horizon = new VersionVector();
    horizon.advance(A, 2);
    return new Message.Header(
        Kind.DELTA,
        since,
        vector(),
        horizon,
        new Fingerprint(Long.MIN_VALUE, 3),
        Map.of(A, "node-1", B, "knoten-ö"),
        Map.of(A, 0L, B, 90_000L));
  }

  private static VersionVector vector() {
    VersionVector vector = new VersionVector();
    vector.advance(A, T + 70_000);
    vector.advance(B, T);
    return vector;
  }

  private static Entry<String> put(
      String key, String value, long time, UUID origin, long expiresAtMillis) {
    return new Entry<>(key, bytes(key), bytes(value), time, origin, expiresAtMillis);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Rewrites the golden files under the folder {@code arguments[0]}, for a new wire version. */
  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<String, Message<String>> sample : all().entrySet()) {
      byte[] frame = new FrameEncoder().encode(MAP_NAME, sample.getValue());
      Files.writeString(
          Path.of(arguments[0], sample.getKey() + ".hex"),
          HexFormat.of().formatHex(frame).replaceAll("(.{64})(?=.)", "$1\n") + "\n");
    }
  }
}
