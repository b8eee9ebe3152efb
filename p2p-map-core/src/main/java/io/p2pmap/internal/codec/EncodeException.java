package io.p2pmap.internal.codec;

import java.lang.reflect.Type;

/** A value has no encoding; names its type, and leaves its contents to the cause. */
public final class EncodeException extends RuntimeException {

  EncodeException(Type type, Throwable cause) {
    super("Can't encode a value as " + type.getTypeName(), cause);
  }
}
