package io.p2pmap.internal.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSecretTest {

  private final byte[] random = new byte[32];

  SharedSecretTest() {
    new SecureRandom().nextBytes(random);
  }

  @RepeatedTest(20)
  void randomBytesAreAcceptedInEverySpellingAndAreTheSameSecret() {
    SharedSecret secret = SharedSecret.parse(Base64.getEncoder().encodeToString(random));

    assertThat(SharedSecret.parse(Base64.getEncoder().withoutPadding().encodeToString(random)))
        .isEqualTo(secret);
    assertThat(SharedSecret.parse(Base64.getUrlEncoder().encodeToString(random))).isEqualTo(secret);
    assertThat(SharedSecret.parse(HexFormat.of().formatHex(random))).isEqualTo(secret);
    assertThat(SharedSecret.parse(HexFormat.of().withUpperCase().formatHex(random) + "\n"))
        .isEqualTo(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "changeit",
        "correct horse battery staple",
        "correcthorsebatterystaplesabc", // words
        "CorrectHorseBatteryStapleAbc!", // not base64
        "Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa", // repeats
        "00000000000000000000000000000000",
        "12345678901234567890123456789012", // a number
        "0123456789abcdef0123456789abcd", // 120 bit
        "4Yj0TTqeHb0vF1xVnAxtA", // 126 bit
        "123e4567-e89b-12d3-a456-426614174000" // a UUID has 122 random bits
      })
  void whatIsShortOrLooksMadeUpIsRefusedWithoutBeingRepeated(String weak) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SharedSecret.parse(weak))
        .withMessageContaining("openssl rand -base64 32")
        .satisfies(
            e -> {
              if (!weak.isEmpty()) {
                assertThat(e.toString()).doesNotContain(weak);
              }
              assertThat(e.getCause()).isNull();
            });
  }

  @Test
  void aSecretDoesNotShowWhatItHolds() {
    String text = Base64.getEncoder().encodeToString(random);

    assertThat(SharedSecret.parse(text).toString())
        .doesNotContain(text)
        .doesNotContain(HexFormat.of().formatHex(random));
  }
}
