package io.p2pmap.internal.replication;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what a class keeps for itself, so that oracles need no doors in production code. */
final class PrivateField {

  private static final Map<String, Field> FIELDS = new ConcurrentHashMap<>();

  private PrivateField() {}

  @SuppressWarnings("unchecked") // the caller says what it expects
  static <T> T of(Object owner, String name) {
    Field field =
        FIELDS.computeIfAbsent(
            owner.getClass().getName() + "." + name, any -> field(owner.getClass(), name));
    try {
      return (T) field.get(owner);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Field field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }
}
