package io.p2pmap.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The CBOR of short strings (RFC 8949, section 3, major type 3, shortest form). Jackson writes the
 * same, but its set-up for one value costs several times what the value does; what is long or in
 * any way strange is left to it.
 */
public final class PlainText {

  /** Longer strings gain little, and Jackson cuts very long ones into chunks. */
  static final int MAX_BYTES = 1_000;

  private static final int TEXT = 0x60;
  private static final int LENGTH_IN_1_BYTE = 0x78;
  private static final int LENGTH_IN_2_BYTES = 0x79;
  private static final int MAX_SHORT = 23;
  private static final int MAX_1_BYTE = 0xFF;
  private static final byte REPLACEMENT = '?';
  private static final char UNREADABLE = '\uFFFD';

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGHEST_BITS = LOWEST_BITS << 7;

  private PlainText() {}

  /** The bytes of {@code text}, or null if it is too long or can't be written as UTF-8. */
  public static byte @Nullable [] tryEncode(String text) {
    if (text.length() > MAX_BYTES) {
      return null;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MAX_BYTES || !isWhole(text, utf8)) {
      return null;
    }
    int start = headBytes(utf8.length);
    byte[] bytes = new byte[start + utf8.length];
    writeHead(bytes, utf8.length);
    System.arraycopy(utf8, 0, bytes, start, utf8.length);
    return bytes;
  }

  /** Whether nothing was lost: half a surrogate pair becomes a question mark. */
  private static boolean isWhole(String text, byte[] utf8) {
    return !holds(utf8, REPLACEMENT) || text.equals(new String(utf8, StandardCharsets.UTF_8));
  }

  /** Eight bytes at a time (Warren, "Hacker's Delight", second edition, section 6-1). */
  private static boolean holds(byte[] bytes, byte searched) {
    int i = 0;
    for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      long zeroIfFound = (long) LONGS.get(bytes, i) ^ searched * LOWEST_BITS;
      if ((zeroIfFound - LOWEST_BITS & ~zeroIfFound & HIGHEST_BITS) != 0) {
        return true;
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] == searched) {
        return true;
      }
    }
    return false;
  }

  private static int headBytes(int contentBytes) {
    return contentBytes <= MAX_SHORT ? 1 : contentBytes <= MAX_1_BYTE ? 2 : 3;
  }

  private static void writeHead(byte[] bytes, int contentBytes) {
    if (contentBytes <= MAX_SHORT) {
      bytes[0] = (byte) (TEXT + contentBytes);
    } else if (contentBytes <= MAX_1_BYTE) {
      bytes[0] = LENGTH_IN_1_BYTE;
      bytes[1] = (byte) contentBytes;
    } else {
      bytes[0] = LENGTH_IN_2_BYTES;
      bytes[1] = (byte) (contentBytes >> Byte.SIZE);
      bytes[2] = (byte) contentBytes;
    }
  }

  /** The string that {@code bytes} are, or null if they are not, or not for certain. */
  public static @Nullable String tryDecode(byte[] bytes) {
    int start = contentStart(bytes);
    if (start == 0) {
      return null;
    }
    String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    return text.indexOf(UNREADABLE) < 0 ? text : null; // perhaps not UTF-8
  }

  /** Where the characters begin, if a length comes before them that is just theirs; else zero. */
  private static int contentStart(byte[] bytes) {
    if (bytes.length == 0) {
      return 0;
    }
    int first = bytes[0] & 0xFF;
    if (first >= TEXT && first <= TEXT + MAX_SHORT) {
      return bytes.length - 1 == first - TEXT ? 1 : 0;
    } else if (first == LENGTH_IN_1_BYTE && bytes.length >= 2) {
      return bytes.length - 2 == (bytes[1] & 0xFF) ? 2 : 0;
    } else if (first == LENGTH_IN_2_BYTES && bytes.length >= 3) {
      return bytes.length - 3 == ((bytes[1] & 0xFF) << Byte.SIZE | bytes[2] & 0xFF) ? 3 : 0;
    }
    return 0;
  }

  /**
   * Whether {@code text} can stand for {@code bytes}: it is ASCII, and {@link #encodeAscii} gives
   * exactly them. Cost: the length.
   */
  public static boolean isAsciiOf(String text, byte[] bytes) {
    int length = text.length();
    int start = headBytes(length);
    if (length > MAX_BYTES || bytes.length != start + length || contentStart(bytes) != start) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[start + i] < 0 || bytes[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of an ASCII {@code text} of at most {@link #MAX_BYTES} characters. */
  public static byte[] encodeAscii(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    int start = headBytes(ascii.length);
    byte[] bytes = new byte[start + ascii.length];
    writeHead(bytes, ascii.length);
    System.arraycopy(ascii, 0, bytes, start, ascii.length);
    return bytes;
  }

  /** Length of {@link #encodeAscii}. */
  public static int asciiBytes(String text) {
    return headBytes(text.length()) + text.length();
  }
}
