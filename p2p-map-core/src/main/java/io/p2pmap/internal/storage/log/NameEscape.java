package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

/**
 * Turns any text into a file name, different texts into different names, on every file system:
 * lower case letters, digits, {@code -} and {@code _} stand for themselves, every other byte of the
 * UTF-8 form is {@code %} and two hexadecimal digits. A name that would become too long ends with
 * {@code ~} and the text's SHA-256 instead.
 */
final class NameEscape {

  private static final int MAX_LENGTH = 200;
  private static final int HASHED_PREFIX_LENGTH = 100;
  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul");

  private NameEscape() {}

  static String fileName(String text) {
    byte[] bytes = utf8(text);
    StringBuilder name = new StringBuilder();
    boolean isReserved = isReserved(text);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (PLAIN.indexOf(c) >= 0 && !(isReserved && i == 0)) {
        name.append(c);
      } else {
        name.append("%%%02x".formatted((int) c));
      }
    }
    if (name.isEmpty()) {
      return "%";
    }
    return name.length() <= MAX_LENGTH
        ? name.toString()
        : name.substring(0, HASHED_PREFIX_LENGTH)
            + "~"
            + HexFormat.of().formatHex(Sha256.of(bytes));
  }

  /** Names that Windows keeps for devices. */
  private static boolean isReserved(String text) {
    return RESERVED.contains(text) || text.matches("(com|lpt)[0-9]");
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("Not well-formed Unicode: '" + text + "'", e);
    }
  }
}
