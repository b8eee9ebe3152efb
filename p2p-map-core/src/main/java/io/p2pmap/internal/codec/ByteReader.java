package io.p2pmap.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes that nobody vouches for; the counterpart of {@link ByteWriter}. Whatever the bytes
 * are, a method returns or throws {@link MalformedBytesException}; nothing is allocated for an
 * announced length that is not there.
 *
 * <p>Threading: confined to one thread.
 */
public final class ByteReader {

  static final int MAX_VAR_LONG_BYTES = 10;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int VAR_LONG_LAST_SHIFT = 63;

  private final byte[] bytes;
  // Invariant: 0 <= position <= end <= bytes.length.
  private int position;
  private int end;

  /** Reads all of {@code bytes}. */
  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ByteReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** A reader of the next {@code length} bytes, which this one skips. */
  public ByteReader slice(int length) {
    int start = position;
    skip(length);
    return new ByteReader(bytes, start, position);
  }

  /** Index of the next byte. */
  public int position() {
    return position;
  }

  /** Number of bytes left, in the open record if there is one. */
  public int remaining() {
    return end - position;
  }

  /** Passes over {@code length} bytes. */
  public void skip(int length) {
    require(length);
    position += length;
  }

  /** Reads a byte, 0 to 255. */
  public int readUnsignedByte() {
    require(1);
    return bytes[position++] & 0xFF;
  }

  /** Reads eight bytes. */
  public long readLong() {
    require(Long.BYTES);
    long value = (long) LONGS.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  /** Reads 16 bytes. */
  public UUID readUuid() {
    return new UUID(readLong(), readLong());
  }

  /** Reads a varint that fits in a non-negative int. */
  public int readVarInt() {
    long value = readVarLong();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw malformed("number out of range: " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** Reads a varint of up to 64 bits, unsigned. */
  public long readVarLong() {
    long value = 0;
    for (int shift = 0; shift <= VAR_LONG_LAST_SHIFT; shift += 7) {
      int next = readUnsignedByte();
      if (shift == VAR_LONG_LAST_SHIFT && next > 1) {
        break;
      }
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw malformed("number of more than 64 bits");
  }

  /** Reads a length that is at most {@code limitBytes}, then that many bytes. */
  public byte[] readBytes(int limitBytes) {
    int length = readLength(limitBytes);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /** Reads a length in bytes that is at most {@code limitBytes}, then that much UTF-8. */
  public String readString(int limitBytes) {
    int length = readLength(limitBytes);
    ByteBuffer characters = ByteBuffer.wrap(bytes, position, length);
    try {
      String value = StandardCharsets.UTF_8.newDecoder().decode(characters).toString();
      position += length;
      return value;
    } catch (CharacterCodingException e) {
      throw malformed("not UTF-8", e);
    }
  }

  /** Enters the record that begins here; nothing beyond it can be read. Returns what closes it. */
  public int openRecord() {
    int length = readLength(Integer.MAX_VALUE);
    int outerEnd = end;
    end = position + length;
    return outerEnd;
  }

  /** Leaves the record that {@code outerEnd} was returned for, and skips what is left of it. */
  public void closeRecord(int outerEnd) {
    position = end;
    end = outerEnd;
  }

  /** An exception for what was read last; the caller throws it. */
  public MalformedBytesException malformed(String reason) {
    return malformed(reason, null);
  }

  /** An exception for what was read last, with its cause; the caller throws it. */
  public MalformedBytesException malformed(String reason, @Nullable Throwable cause) {
    return new MalformedBytesException(position, reason, cause);
  }

  private int readLength(int limitBytes) {
    int length = readVarInt();
    if (length > limitBytes) {
      throw malformed("length %d over the limit of %d".formatted(length, limitBytes));
    }
    require(length);
    return length;
  }

  private void require(int length) {
    if (length < 0 || length > remaining()) {
      throw malformed("%d bytes needed, %d left".formatted(length, remaining()));
    }
  }
}
