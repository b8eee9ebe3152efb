package io.p2pmap.spring.actuate;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Which page is asked for.
 *
 * @param page number of the page, from zero
 * @param size largest number of elements in it
 * @param prefix beginning of the keys that are asked for, as they print
 */
record PageRequest(int page, int size, String prefix) {

  private static final int DEFAULT_SIZE = 100;
  private static final int MAX_SIZE = 1000;

  /** With defaults for what is null. */
  static PageRequest of(@Nullable Integer page, @Nullable Integer size, @Nullable String prefix) {
    return new PageRequest(
        inRange("page", page, 0, 0, Integer.MAX_VALUE),
        inRange("size", size, DEFAULT_SIZE, 1, MAX_SIZE),
        prefix == null ? "" : prefix);
  }

  boolean asksFor(Object key) {
    return prefix.isEmpty() || KeyText.print(key).startsWith(prefix);
  }

  /** The elements of the page. */
  <T> Stream<T> of(List<T> all) {
    return all.stream().skip((long) page * size).limit(size);
  }

  private static int inRange(String name, @Nullable Integer value, int unset, int min, int max) {
    int result = value != null ? value : unset;
    if (result < min || result > max) {
      String reason = "Parameter '%s' must be %d to %d".formatted(name, min, max);
      throw new InvalidEndpointRequestException(reason + ", but was " + result, reason);
    }
    return result;
  }
}
