package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmap.internal.crdt.Stamp;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as text, which comes from anybody. */
class WriteTokenTextTest {

  private static final Random RANDOM = new Random(42);

  private static WriteToken tokenOf(int writes) {
    Map<String, Stamp> stamps = new HashMap<>();
    for (int i = 1; i <= writes; i++) {
      stamps.put("map" + i, new Stamp(i, new UUID(RANDOM.nextLong(), RANDOM.nextLong())));
    }
    return WriteToken.of(stamps);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 64})
  void isReadBackAsItWasWritten(int writes) {
    WriteToken token = tokenOf(writes);
    String text = token.toString();
    assertThat(text).matches("[A-Za-z0-9_-]*").hasSizeLessThanOrEqualTo(WriteToken.MAX_LENGTH);
    assertThat(WriteToken.parse(text)).isEqualTo(token).hasSameHashCodeAs(token);
  }

  @Test
  void hasTheLatestWritesIfThereAreTooMany() {
    WriteToken token = tokenOf(65);
    String text = token.toString();
    assertThat(text).hasSize(WriteToken.MAX_LENGTH);
    WriteToken read = WriteToken.parse(text);
    assertThat(read.writesOf("map1")).isEmpty();
    assertThat(read.writesOf("map2")).extracting(Stamp::time).containsExactly(2L);
    assertThat(read.writesOf("map65")).extracting(Stamp::time).containsExactly(65L);
  }

  @Test
  void isAsSmallAsSaid() {
    assertThat(tokenOf(1).toString()).hasSize(46);
  }

  private static void assertThatRefused(String text) {
    assertThatIllegalArgumentException().as(text).isThrownBy(() -> WriteToken.parse(text));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(WriteToken token) {
    return Base64.getUrlDecoder().decode(token.toString());
  }

  @Test
  void isRefusedIfItIsCutOrLengthenedAnywhere() {
    String text = tokenOf(3).toString();
    for (int length = 1; length < text.length(); length++) {
      assertThatRefused(text.substring(0, length));
    }
    assertThatRefused(text + "A");
    assertThatRefused(text + "=");
    assertThatRefused(" " + text);
    assertThatRefused("A".repeat(WriteToken.MAX_LENGTH + 1));
    assertThatRefused("A".repeat(10_000_000));
  }

  @Test
  void hasOneText() {
    byte[] two = bytes(tokenOf(2));
    byte[] swapped = two.clone();
    System.arraycopy(two, 2, swapped, 34, 32);
    System.arraycopy(two, 34, swapped, 2, 32);
    assertThatRefused(encode(swapped));
    byte[] twice = two.clone();
    System.arraycopy(two, 2, twice, 34, 32);
    assertThatRefused(encode(twice));
    assertThatRefused(encode(new byte[] {1, 0})); // no write
    String text = tokenOf(1).toString(); // the last four of its bits mean nothing
    assertThatRefused(text.substring(0, 45) + (char) (text.charAt(45) + 1));
  }

  @Test
  void isRefusedWithAnotherVersionOrANegativeTime() {
    byte[] bytes = bytes(tokenOf(1));
    byte[] later = bytes.clone();
    later[0] = 2;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WriteToken.parse(encode(later)))
        .withMessage("Not the text of a write token: version 2 is not known, only 1");
    byte[] negative = bytes.clone();
    negative[26] = (byte) 0x80;
    assertThatRefused(encode(negative));
  }

  @Test
  void noTextDoesMoreThanToBeRefused() {
    for (int i = 0; i < 20_000; i++) {
      char[] text = tokenOf(1 + RANDOM.nextInt(3)).toString().toCharArray();
      text[RANDOM.nextInt(text.length)] = (char) RANDOM.nextInt(RANDOM.nextBoolean() ? 128 : 65536);
      String mutated = new String(text);
      try {
        assertThat(WriteToken.parse(mutated).toString()).isEqualTo(mutated);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
