package io.p2pmap.spring.cache;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;
import tools.jackson.databind.json.JsonMapper;

/**
 * The text of a key as JSON: {@code "a"}, {@code 42}, {@code ["a",42]}. Different keys have
 * different texts, unless they differ in their Java type only: the numbers 1 and 1L are one key,
 * and so are a date and its text.
 */
final class JsonKey {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private JsonKey() {}

  static String of(Object key, String cacheName) {
    return JSON.writeValueAsString(toJson(key, cacheName));
  }

  private static @Nullable Object toJson(@Nullable Object key, String cacheName) {
    if (key == null || key instanceof Boolean || isNumber(key)) {
      return key;
    }
    if (key instanceof CharSequence || isText(key)) {
      return key.toString();
    }
    if (key instanceof Enum<?> constant) {
      return constant.name();
    }
    if (key instanceof Locale locale) {
      return locale.toLanguageTag();
    }
    if (key instanceof List<?> parts) {
      return parts.stream().map(part -> toJson(part, cacheName)).toArray();
    }
    if (key.equals(SimpleKey.EMPTY)) {
      return List.of();
    }
    throw new IllegalArgumentException(reason(key, cacheName));
  }

  private static boolean isNumber(Object key) {
    return key instanceof Byte
        || key instanceof Short
        || key instanceof Integer
        || key instanceof Long
        || key instanceof Float
        || key instanceof Double
        || key instanceof BigInteger
        || key instanceof BigDecimal;
  }

  private static boolean isText(Object key) {
    return key instanceof Character
        || key instanceof UUID
        || key instanceof TemporalAccessor
        || key instanceof TemporalAmount;
  }

  private static String reason(Object key, String cacheName) {
    if (key instanceof SimpleKey) {
      return ("Cache '%s' can't tell apart the parameters in %s, the key of Spring's own key"
              + " generator; use %s, or give the method a key expression")
          .formatted(cacheName, key, ParameterKeyGenerator.class.getName());
    }
    return ("Cache '%s' has no text for a key of type %s; set 'p2pmap.cache.caches.%s.key-type'"
            + " to the type of its keys, or give the method a key expression such as #book.isbn")
        .formatted(cacheName, key.getClass().getName(), cacheName);
  }
}
