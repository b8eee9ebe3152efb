package io.p2pmap.internal.codec;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Bytes are no encoding of a type; names the type, and leaves the contents to the cause. */
public final class DecodeException extends RuntimeException {

  DecodeException(Type type, int lengthBytes, @Nullable Throwable cause) {
    super("Can't decode %d bytes as %s".formatted(lengthBytes, type.getTypeName()), cause);
  }
}
