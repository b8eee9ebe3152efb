package io.p2pmap.internal.security;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Random bytes that every node of a cluster holds, at least 128 bit of them, written in base64 or
 * hexadecimal. Whoever records a handshake attempt can try secrets at leisure, so one that a person
 * made up is refused as far as that can be seen: text in another alphabet, of one kind of letters,
 * or with few different ones. Immutable; never shows what it holds.
 *
 * <p>Of truly random secrets of 128 bit it refuses one in about 50,000 by chance; of longer ones
 * practically none.
 */
public final class SharedSecret {

  /** How to make one, for error texts. */
  public static final String HOW_TO_MAKE_ONE = "'openssl rand -base64 32' prints a good one";

  private static final int MIN_BYTES = 16;
  private static final int MIN_DISTINCT_HEX_DIGITS = 8;
  private static final int MIN_DISTINCT_BASE64_DIGITS = 12;

  private static final Pattern HEX = Pattern.compile("(\\p{XDigit}{2})+");
  private static final Pattern BASE64 = Pattern.compile("[\\w+/-]+={0,2}");
  private static final Pattern DIGIT_AND_LETTER = Pattern.compile("(?=.*\\d)(?=.*\\p{Alpha}).*");
  private static final Pattern BOTH_CASES = Pattern.compile("(?=.*\\p{Upper})(?=.*\\p{Lower}).*");

  private final byte[] bytes;

  private SharedSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a secret; space around it does not matter.
   *
   * @throws IllegalArgumentException if it is too short or does not look random; the message does
   *     not contain it
   */
  public static SharedSecret parse(String text) {
    String digits = text.strip();
    if (HEX.matcher(digits).matches()) {
      return of(HexFormat.of().parseHex(digits), digits, DIGIT_AND_LETTER, MIN_DISTINCT_HEX_DIGITS);
    }
    if (!BASE64.matcher(digits).matches()) {
      throw refused("is neither base64 nor hexadecimal");
    }
    return of(base64(digits), digits, BOTH_CASES, MIN_DISTINCT_BASE64_DIGITS);
  }

  private static byte[] base64(String digits) {
    try {
      return Base64.getDecoder().decode(digits.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) { // its message tells a digit
      throw refused("is neither base64 nor hexadecimal");
    }
  }

  private static SharedSecret of(byte[] bytes, String digits, Pattern mixture, int minDistinct) {
    if (bytes.length < MIN_BYTES) {
      throw refused("has only %d bit".formatted(bytes.length * Byte.SIZE));
    }
    if (!mixture.matcher(digits).matches() || digits.chars().distinct().count() < minDistinct) {
      throw refused("does not look random");
    }
    return new SharedSecret(bytes);
  }

  private static IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException(
        "A shared secret %s; use at least %d random bytes in base64 or hexadecimal: %s"
            .formatted(reason, MIN_BYTES, HOW_TO_MAKE_ONE));
  }

  /** The secret in one spelling, as a password for a key derivation. */
  char[] toPassword() {
    return HexFormat.of().formatHex(bytes).toCharArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SharedSecret secret && Arrays.equals(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "SharedSecret[hidden]";
  }
}
