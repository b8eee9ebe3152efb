package io.p2pmap.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Growable buffer of bytes; the counterpart of {@link ByteReader}. Numbers are big-endian; a
 * "varint" has seven bits a byte, lowest first, the high bit set in all bytes but the last.
 *
 * <p>Threading: confined to one thread.
 */
public final class ByteWriter {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int INITIAL_BYTES = 256;

  /** A buffer that one large frame made grow beyond this is not kept for the next. */
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;

  /** Forgets what was written, to be used again. */
  public void reset() {
    length = 0;
    if (bytes.length > MAX_KEPT_BYTES) {
      bytes = new byte[INITIAL_BYTES];
    }
  }

  /** Number of bytes written. */
  public int length() {
    return length;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Writes the lowest eight bits. */
  public void writeByte(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
  }

  /** Writes eight bytes. */
  public void writeLong(long value) {
    ensure(Long.BYTES);
    LONGS.set(bytes, length, value);
    length += Long.BYTES;
  }

  /** Writes 16 bytes. */
  public void writeUuid(UUID value) {
    writeLong(value.getMostSignificantBits());
    writeLong(value.getLeastSignificantBits());
  }

  /**
   * Writes a varint of up to five bytes.
   *
   * @throws IllegalArgumentException if the value is negative
   */
  public void writeVarInt(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("Negative: " + value);
    }
    writeVarLong(value);
  }

  /** Writes a varint of up to ten bytes; the value counts as unsigned. */
  public void writeVarLong(long value) {
    ensure(ByteReader.MAX_VAR_LONG_BYTES);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** Writes the bytes without their length. */
  public void writeRaw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  /** Writes the length as a varint, then the bytes. */
  public void writeBytes(byte[] value) {
    writeVarInt(value.length);
    writeRaw(value);
  }

  /** Writes the length in bytes as a varint, then the characters as UTF-8. */
  public void writeString(String value) {
    writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Begins a record; its length will be put before it. Returns what closes it. */
  public int openRecord() {
    writeByte(0);
    return length;
  }

  /** Ends the record that {@code start} was returned for. Cost: its length, if over 127 bytes. */
  public void closeRecord(int start) {
    int content = length - start;
    int extra = varIntBytes(content) - 1;
    ensure(extra);
    if (extra > 0) {
      System.arraycopy(bytes, start, bytes, start + extra, content);
    }
    length = start - 1;
    writeVarInt(content);
    length += content;
  }

  private static int varIntBytes(int value) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  private void ensure(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, needed * 2L));
    }
  }
}
