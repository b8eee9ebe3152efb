package io.p2pmap.spring.actuate;

import io.p2pmap.EntryInfo;
import io.p2pmap.ReplicatedMap;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import tools.jackson.databind.json.JsonMapper;

/** Reads maps for the endpoint: keys as strings, values as JSON or masked. */
final class MapContents {

  private static final int DEFAULT_SIZE = 100;
  private static final int MAX_SIZE = 1000;

  private final JsonMapper mapper;

  /** Shows values by {@code mapper}, not by the one of the application, which may rename fields. */
  MapContents(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** One page, sorted by key. Cost: sorting all keys. */
  <K, V> PageDescriptor page(
      ReplicatedMap<K, V> map, @Nullable Integer page, @Nullable Integer size, boolean showValue) {
    int pageNumber = inRange("page", page, 0, 0, Integer.MAX_VALUE);
    int pageSize = inRange("size", size, DEFAULT_SIZE, 1, MAX_SIZE);
    List<K> keys =
        map.asMap().keySet().stream().sorted(Comparator.comparing(KeyText::print)).toList();
    List<EntryDescriptor> entries =
        keys.stream()
            .skip((long) pageNumber * pageSize)
            .limit(pageSize)
            .flatMap(key -> map.entry(key).stream())
            .map(entry -> describe(entry, showValue))
            .toList();
    return new PageDescriptor(map.name(), pageNumber, pageSize, keys.size(), entries);
  }

  /** The entry whose key reads {@code key}. */
  <K, V> Optional<EntryDescriptor> entry(ReplicatedMap<K, V> map, String key, boolean showValue) {
    return KeyText.find(map, key).flatMap(map::entry).map(entry -> describe(entry, showValue));
  }

  /** Removes the entry whose key reads {@code key}; whether it was there. */
  <K, V> boolean remove(ReplicatedMap<K, V> map, String key) {
    return KeyText.find(map, key).map(map::remove).orElse(false);
  }

  private EntryDescriptor describe(EntryInfo<?, ?> entry, boolean showValue) {
    return new EntryDescriptor(
        KeyText.print(entry.key()),
        showValue ? mapper.valueToTree(entry.value()) : SanitizableData.SANITIZED_VALUE,
        entry.writer(),
        entry.writtenAt(),
        entry.expiresAt(),
        entry.valueBytes());
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
