package io.p2pmap.internal.engine;

import io.p2pmap.internal.codec.CborCodec;
import io.p2pmap.internal.codec.DecodeException;
import io.p2pmap.internal.codec.EncodeException;
import io.p2pmap.internal.wire.WireLimits;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.UUID;

/**
 * How a map identifies its keys: by the decoded key, so that reads need not encode, or by the bytes
 * if they can't be decoded here.
 *
 * <p>Threading: any thread.
 */
public final class Keys<K> {

  private static final Set<Type> IMMUTABLE =
      Set.of(String.class, Integer.class, Long.class, Short.class, Byte.class, UUID.class);

  private final String mapName;
  private final CborCodec<K> codec;

  /** Creates the keys of a map. */
  public Keys(String mapName, CborCodec<K> codec) {
    this.mapName = mapName;
    this.codec = codec;
  }

  /**
   * A key that is ready to be written.
   *
   * @param identity equals the key, and is nobody else's to change
   */
  public record Encoded(Object identity, byte[] bytes) {}

  /**
   * Encodes a key.
   *
   * @throws IllegalArgumentException if it can't be encoded, is too large, or does not equal itself
   *     after an encoding round trip: then other nodes could not find it
   */
  public Encoded encode(K key) {
    byte[] bytes = bytesOf(key);
    if (bytes.length > WireLimits.MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "A key of map '%s' has %d encoded bytes; at most %d are allowed"
              .formatted(mapName, bytes.length, WireLimits.MAX_KEY_BYTES));
    }
    if (isSafe(key)) {
      return new Encoded(key, bytes);
    }
    Object copy = identify(bytes);
    if (!copy.equals(key)) {
      throw new IllegalArgumentException(
          "Key '%s' of map '%s' becomes '%s' when it is encoded and decoded; keys must stay equal"
              .formatted(key, mapName, copy));
    }
    return new Encoded(copy, bytes);
  }

  private byte[] bytesOf(K key) {
    try {
      return codec.encode(key);
    } catch (EncodeException e) {
      throw new IllegalArgumentException(
          "Key '%s' of map '%s' can't be encoded".formatted(key, mapName), e);
    }
  }

  /** Whether nobody can change the key, and every one of them survives encoding. */
  private static boolean isSafe(Object key) {
    return IMMUTABLE.contains(key.getClass()) && !(key instanceof String text && isBroken(text));
  }

  /** Whether a text has a surrogate without its other half, which UTF-8 can't express. */
  private static boolean isBroken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean isPair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (!isPair) {
        return true;
      }
      i++;
    }
    return false;
  }

  /** Whether keys are decoded without the application's classes; its Jackson modules aside. */
  public boolean arePlain() {
    return IMMUTABLE.contains(codec.type());
  }

  /** What identifies the key of these bytes. */
  public Object identify(byte[] bytes) {
    try {
      return codec.decode(bytes);
    } catch (DecodeException e) {
      return new OpaqueKey(bytes);
    }
  }

  /** Whether readers can see a key of this identity. */
  public boolean isDecoded(Object identity) {
    return !(identity instanceof OpaqueKey);
  }
}
