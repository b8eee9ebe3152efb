package io.p2pmap.spring.cache;

/**
 * How the keys that Spring's cache abstraction computes become keys of a map.
 *
 * <p>Threading: any thread.
 */
@FunctionalInterface
interface CacheKeys {

  /**
   * The key of the map.
   *
   * @throws IllegalArgumentException if there is none; it says what to do
   */
  Object toMapKey(Object cacheKey);

  /** Keys of one declared type. */
  static CacheKeys ofType(String cacheName, Class<?> type) {
    return key -> {
      if (type.isInstance(key)) {
        return key;
      }
      throw new IllegalArgumentException(
          ("Cache '%s' has keys of type %s, not %s; correct 'p2pmap.cache.caches.%s.key-type',"
                  + " or the key of the method")
              .formatted(cacheName, type.getName(), key.getClass().getName(), cacheName));
    };
  }

  /** Keys that have an unmistakable text: JSON. */
  static CacheKeys asText(String cacheName) {
    return key -> JsonKey.of(key, cacheName);
  }
}
