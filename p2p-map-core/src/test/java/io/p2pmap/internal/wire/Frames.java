package io.p2pmap.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import io.p2pmap.internal.replication.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Encodes, decodes, and compares messages whose keys are text. */
final class Frames {

  private static final FrameDecoder<String> DECODER =
      new FrameDecoder<>(key -> new String(key, StandardCharsets.UTF_8));

  private Frames() {}

  static byte[] encode(String mapName, Message<String> message) {
    return new FrameEncoder().encode(mapName, message);
  }

  static FrameHeader.Known header(byte[] frame) {
    return (FrameHeader.Known) FrameHeader.read(frame);
  }

  static Message<String> decode(byte[] frame) {
    return DECODER.decode(header(frame));
  }

  /** Compares everything, also what the {@code equals} of entries leaves out. */
  static void assertSame(Message<String> actual, Message<String> expected) {
    assertThat(actual)
        .usingRecursiveComparison()
        .withEqualsForType(Frames::isSame, Entry.class)
        .withEqualsForType(VersionVector::equals, VersionVector.class)
        .isEqualTo(expected);
  }

  private static boolean isSame(Entry<?> left, Entry<?> right) {
    return left.equals(right)
        && left.expiresAtMillis() == right.expiresAtMillis()
        && Arrays.equals(left.keyBytes(), right.keyBytes())
        && Arrays.equals(left.valueBytes(), right.valueBytes());
  }
}
