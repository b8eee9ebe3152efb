package io.p2pmap.internal.crdt;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Does to a version vector what it never does itself, so that tests can show why. */
public final class LoweredVector {

  private LoweredVector() {}

  /** Sets the time of {@code origin}, be it lower than before. */
  public static void set(VersionVector vector, UUID origin, long time) {
    Map<UUID, Long> times = new HashMap<>();
    vector.forEach(times::put);
    times.put(origin, time);
    try {
      ((Map<?, ?>) field("components").get(vector)).clear();
      field("hash").setLong(vector, 0);
      field("max").setLong(vector, 0);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    times.forEach(vector::advance);
  }

  private static Field field(String name) {
    try {
      Field field = VersionVector.class.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }
}
