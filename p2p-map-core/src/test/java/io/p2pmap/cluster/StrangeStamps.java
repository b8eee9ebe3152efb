package io.p2pmap.cluster;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Fingerprint;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.wire.FrameEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Frames of every kind with a time of any shape in every place where a time can be. */
final class StrangeStamps {

  /** A well-formed time, to be replaced in the frame where the wanted one can't be encoded. */
  private static final long PLACEHOLDER = 0x0102_0304_0506_0708L;

  private final FrameEncoder encoder = new FrameEncoder();
  private final String mapName;
  private final UUID writer;

  StrangeStamps(String mapName, UUID writer) {
    this.mapName = mapName;
    this.writer = writer;
  }

  /** Frames with {@code time}, which no encoder lets pass if it is malformed. */
  List<byte[]> frames(long time) {
    List<byte[]> frames = new ArrayList<>();
    for (Message<String> message : messages(PLACEHOLDER)) {
      frames.add(replaced(encoder.encode(mapName, message), time));
    }
    return frames;
  }

  /** Frames with a well-formed {@code time}, complete with the checksums that go with it. */
  List<byte[]> intactFrames(long time) {
    return messages(time).stream().map(message -> encoder.encode(mapName, message)).toList();
  }

  private List<Message<String>> messages(long time) {
    VersionVector vector = new VersionVector();
    vector.advance(writer, time);
    List<Entry<String>> entries =
        List.of(entry("strange", "value", time), entry("gone", null, time));
    return List.of(
        new Message.Batch<>(writer, "strange", 0, time, entries),
        digest(Message.Intent.REPORT, null, time),
        digest(Message.Intent.VECTOR, vector, time),
        digest(Message.Intent.REQUEST, vector, time),
        chunk(Message.Kind.DELTA, vector, entries),
        chunk(Message.Kind.FULL, vector, entries),
        chunk(Message.Kind.REPAIR, vector, entries),
        new Message.Slot<>(writer, "strange", time, entries.subList(0, 1)));
  }

  private Entry<String> entry(String key, String value, long time) {
    return new Entry<>(key, text(key), value == null ? null : text(value), time, writer, 0);
  }

  /** A short text in CBOR. */
  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(bytes.length + 1)
        .put((byte) (0x60 + bytes.length))
        .put(bytes)
        .array();
  }

  private Message<String> digest(Message.Intent intent, VersionVector vector, long time) {
    Fingerprint none = new Fingerprint(0, 0);
    return new Message.Digest<>(intent, writer, writer, 1, vector, none, none, time, time);
  }

  private Message<String> chunk(
      Message.Kind kind, VersionVector vector, List<Entry<String>> entries) {
    long sum = entries.stream().mapToLong(Entry::fingerprint).sum();
    Message.Header header =
        new Message.Header(
            kind,
            new VersionVector(),
            vector,
            vector,
            new Fingerprint(sum, entries.size()),
            Map.of(),
            Map.of());
    return new Message.Chunk<>(1, 0, true, header, entries);
  }

  private static byte[] replaced(byte[] frame, long time) {
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    for (int i = 0; i + Long.BYTES <= frame.length; i++) {
      if (bytes.getLong(i) == PLACEHOLDER) {
        bytes.putLong(i, time);
      }
    }
    return frame;
  }
}
