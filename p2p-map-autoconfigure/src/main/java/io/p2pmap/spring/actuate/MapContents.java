package io.p2pmap.spring.actuate;

import io.p2pmap.EntryInfo;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.TombstoneInfo;
import io.p2pmap.spring.actuate.RemovedPageDescriptor.RemovedDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import tools.jackson.databind.json.JsonMapper;

/** Reads maps for the endpoint: keys as strings, values as JSON or masked. */
final class MapContents {

  private final JsonMapper mapper;

  /** Shows values by {@code mapper}, not by the one of the application, which may rename fields. */
  MapContents(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** One page, sorted by key. Cost: sorting the keys that are asked for. */
  <K, V> PageDescriptor page(ReplicatedMap<K, V> map, PageRequest request, boolean showValue) {
    List<K> keys =
        map.asMap().keySet().stream()
            .filter(request::asksFor)
            .sorted(Comparator.comparing(KeyText::print))
            .toList();
    List<EntryDescriptor> entries =
        request
            .of(keys)
            .flatMap(key -> map.entry(key).stream())
            .map(entry -> describe(entry, showValue))
            .toList();
    return new PageDescriptor(map.name(), request.page(), request.size(), keys.size(), entries);
  }

  /** One page of removals, sorted by key. Cost: all removals, times the known nodes. */
  <K, V> RemovedPageDescriptor removed(ReplicatedMap<K, V> map, PageRequest request) {
    List<TombstoneInfo<K>> tombstones =
        map.tombstones().stream()
            .filter(tombstone -> request.asksFor(tombstone.key()))
            .sorted(Comparator.comparing(tombstone -> KeyText.print(tombstone.key())))
            .toList();
    return new RemovedPageDescriptor(
        map.name(),
        request.page(),
        request.size(),
        tombstones.size(),
        request.of(tombstones).map(MapContents::describe).toList());
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
        entry.stamp(),
        entry.writtenAt(),
        age(entry.writtenAt()),
        entry.expiresAt(),
        entry.valueBytes());
  }

  private static RemovedDescriptor describe(TombstoneInfo<?> tombstone) {
    return new RemovedDescriptor(
        KeyText.print(tombstone.key()),
        tombstone.writer(),
        tombstone.removedAt(),
        age(tombstone.removedAt()),
        tombstone.awaiting());
  }

  private static Duration age(Instant written) {
    Duration age = Duration.between(written, Instant.now()).truncatedTo(ChronoUnit.MILLIS);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
