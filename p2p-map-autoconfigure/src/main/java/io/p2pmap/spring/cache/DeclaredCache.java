package io.p2pmap.spring.cache;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.autoconfigure.InvalidSettingException;
import io.p2pmap.spring.autoconfigure.TypeNames;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.StringUtils;

/** A cache as the properties declare it, checked. */
record DeclaredCache(
    String name, CacheKeys keys, Class<?> valueType, MapSpec<Object, Optional<Object>> spec) {

  private static final String MAP_PREFIX = "cache.";

  static DeclaredCache of(
      String name,
      CacheProperties properties,
      @Nullable Duration defaultTimeToLive,
      TypeNames typeNames) {
    String property = "p2pmap.cache.caches.%s.".formatted(name);
    String valueType = properties.valueType();
    if (!StringUtils.hasText(valueType)) {
      throw new InvalidSettingException(
          "Cache '%s' has no type of values: property '%svalue-type' is missing."
              .formatted(name, property),
          "Set it to a Java type name: what the cached methods return.");
    }
    ResolvableType value = typeNames.find(valueType, property + "value-type");
    String keyType = properties.keyType();
    ResolvableType key = keyType == null ? null : typeNames.find(keyType, property + "key-type");
    try {
      MapSpec<Object, Optional<Object>> spec =
          MapSpec.<Object, Optional<Object>>of(
                  MAP_PREFIX + name,
                  key == null ? String.class : key.getType(),
                  ResolvableType.forClassWithGenerics(Optional.class, value).getType())
              .maxValueBytes(Math.toIntExact(properties.maxValueSize().toBytes()));
      Duration own = properties.timeToLive();
      Duration ttl = own != null ? own : defaultTimeToLive;
      return new DeclaredCache(
          name,
          key == null ? CacheKeys.asText(name) : CacheKeys.ofType(name, key.toClass()),
          value.toClass(),
          ttl == null ? spec : spec.timeToLive(ttl));
    } catch (IllegalArgumentException | ArithmeticException ex) {
      throw new InvalidSettingException(
          "Cache '%s' of property '%s' has an invalid option: %s"
              .formatted(name, property, ex.getMessage()),
          "Correct the option.");
    }
  }

  ReplicatedCache open(ReplicatedMaps maps, boolean allowNullValues) {
    ReplicatedMap<Object, Optional<Object>> map = maps.open(spec);
    return new ReplicatedCache(name, map, keys, valueType, allowNullValues);
  }
}
