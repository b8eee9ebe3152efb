package io.p2pmap.internal.codec;

import io.p2pmap.internal.text.PlainText;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * Keys or values of one type as CBOR (RFC 8949). Equal values of equal structure have equal bytes
 * on every node: properties are in a fixed order, and so are the entries of a {@code Map} with
 * comparable keys. A {@code Set} is written in the order in which it iterates.
 *
 * <p>Threading: any thread.
 *
 * @param <T> the type
 */
public final class CborCodec<T> {

  private final Type type;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final boolean isPlainText;

  /**
   * Creates a codec.
   *
   * @param isPlainText whether the type is {@code String}, and nobody changed how it is encoded
   */
  CborCodec(Type type, ObjectWriter writer, ObjectReader reader, boolean isPlainText) {
    this.type = type;
    this.writer = writer;
    this.reader = reader;
    this.isPlainText = isPlainText;
  }

  /** What it encodes. */
  public Type type() {
    return type;
  }

  /**
   * The bytes of {@code value}.
   *
   * @throws EncodeException if it has none
   */
  public byte[] encode(T value) {
    byte[] text = isPlainText ? PlainText.tryEncode((String) value) : null;
    return text != null ? text : encodeAny(value);
  }

  private byte[] encodeAny(T value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (RuntimeException | LinkageError e) {
      throw new EncodeException(type, e);
    }
  }

  /**
   * The value of {@code bytes}, which may come from a node with another version of the type.
   *
   * @throws DecodeException if they are no value of the type, or more than one
   */
  @SuppressWarnings("unchecked") // plain text is decoded for strings only
  public T decode(byte[] bytes) {
    String text = isPlainText ? PlainText.tryDecode(bytes) : null;
    return text != null ? (T) text : decodeAny(bytes);
  }

  private T decodeAny(byte[] bytes) {
    @Nullable T value;
    try {
      value = reader.readValue(bytes);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      // What the type's own code throws for bytes from elsewhere must not end who decodes them.
      throw new DecodeException(type, bytes.length, e);
    }
    if (value == null) {
      throw new DecodeException(type, bytes.length, null);
    }
    return value;
  }
}
