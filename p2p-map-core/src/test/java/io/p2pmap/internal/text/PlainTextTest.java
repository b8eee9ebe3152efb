package io.p2pmap.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 23, 24, 40, 255, 256, 1_000})
  void aTextIsItsBytesUnlessOneCharacterIsLost(int length) {
    String filling = "x".repeat(length);
    for (int position = 0; position < length; position++) {
      String before = filling.substring(0, position);
      String after = filling.substring(position + 1);

      String asked = before + '?' + after;
      assertThat(PlainText.tryDecode(PlainText.tryEncode(asked))).isEqualTo(asked);
      assertThat(PlainText.tryEncode(asked)).isEqualTo(PlainText.encodeAscii(asked));
      assertThat(PlainText.tryEncode(before + '\ud83d' + after)).isNull();
      assertThat(PlainText.tryEncode(before + "?\ud83d" + after)).isNull();
    }
  }
}
