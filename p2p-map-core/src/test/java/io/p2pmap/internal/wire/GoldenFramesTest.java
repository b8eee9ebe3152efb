package io.p2pmap.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.p2pmap.internal.replication.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames as version 1 wrote them. If one of these tests fails, nodes of two releases no longer
 * understand each other: change the code back, or begin a new wire version with files of its own.
 */
class GoldenFramesTest {

  static Set<String> names() {
    return SampleMessages.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aMessageHasTheBytesItAlwaysHad(String name) throws IOException {
    byte[] frame = Frames.encode(SampleMessages.MAP_NAME, SampleMessages.all().get(name));
    assertThat(HexFormat.of().formatHex(frame)).isEqualTo(golden(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void theBytesThatItAlwaysHadAreUnderstood(String name) throws IOException {
    byte[] frame = HexFormat.of().parseHex(golden(name));
    assertThat(Frames.header(frame).mapName()).isEqualTo(SampleMessages.MAP_NAME);
    Frames.assertSame(Frames.decode(frame), SampleMessages.all().get(name));
  }

  @Test
  void everyMessageTypeHasASample() {
    Set<MessageType> types =
        SampleMessages.all().values().stream().map(MessageType::of).collect(Collectors.toSet());
    assertThat(types).isEqualTo(EnumSet.allOf(MessageType.class));
    assertThat(Message.class.getPermittedSubclasses()).hasSameSizeAs(types);
  }

  private static String golden(String name) throws IOException {
    String file = "/golden/wire-v%d/%s.hex".formatted(WireVersion.CURRENT, name);
    try (InputStream in = GoldenFramesTest.class.getResourceAsStream(file)) {
      if (in == null) {
        return fail("no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
    }
  }
}
