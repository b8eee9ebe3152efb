package io.p2pmap;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.codec.EncodeException;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.engine.Keys;
import io.p2pmap.internal.engine.Values;
import io.p2pmap.internal.replication.Draft;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Validates and encodes what is to be written.
 *
 * <p>Threading: the writer's thread, without a lock; runs the user's validator and type code.
 */
final class Drafts<K, V> {

  private final MapSpec<K, V> spec;
  private final Keys<K> keys;
  private final Values<V> values;
  private final ValueValidator<? super V> validator;
  private final Clock clock;
  private final Map<Object, Entry<Object>> live;

  Drafts(
      MapSpec<K, V> spec,
      Keys<K> keys,
      Values<V> values,
      ValueValidator<? super V> validator,
      Clock clock,
      Map<Object, Entry<Object>> live) {
    this.spec = spec;
    this.keys = keys;
    this.values = values;
    this.validator = validator;
    this.clock = clock;
    this.live = live;
  }

  /** A put that lives for the map's default time to live, if any. */
  Draft<Object> put(K key, V value) {
    return put(key, value, spec.options().timeToLive());
  }

  /**
   * A put that lives for {@code timeToLive}, or for good if that is null.
   *
   * @throws InvalidValueException if the validator refuses the value, or it is too large
   */
  Draft<Object> put(K key, V value, @Nullable Duration timeToLive) {
    Keys.Encoded encoded = encoded(key);
    byte[] bytes = encoded(key, value);
    return new Draft<>(encoded.identity(), encoded.bytes(), bytes, expiry(timeToLive));
  }

  /** A removal. */
  Draft<Object> removal(K key) {
    Keys.Encoded encoded = encoded(key);
    return new Draft<>(encoded.identity(), encoded.bytes(), null, Entry.NEVER);
  }

  /** A removal of what is there. */
  static Draft<Object> removal(Entry<Object> entry) {
    return new Draft<>(entry.key(), entry.keyBytes(), null, Entry.NEVER);
  }

  /** The key as it is in the map already, or else encoded. */
  private Keys.Encoded encoded(K key) {
    Entry<Object> present = live.get(Objects.requireNonNull(key, "key"));
    return present == null ? keys.encode(key) : new Keys.Encoded(present.key(), present.keyBytes());
  }

  private byte[] encoded(K key, V value) {
    List<String> violations = validator.violations(Objects.requireNonNull(value, "value"));
    if (!violations.isEmpty()) {
      throw new InvalidValueException(spec.name(), key, violations);
    }
    byte[] bytes = bytesOf(key, value);
    int limit = spec.options().maxValueBytes();
    if (bytes.length > limit) {
      throw new InvalidValueException(
          spec.name(),
          key,
          List.of("%d encoded bytes, at most %d are allowed".formatted(bytes.length, limit)));
    }
    return bytes;
  }

  private byte[] bytesOf(K key, V value) {
    try {
      return values.encode(value);
    } catch (EncodeException e) {
      throw new IllegalArgumentException(
          "The value of key '%s' can't be encoded for map '%s'".formatted(key, spec.name()), e);
    }
  }

  private long expiry(@Nullable Duration timeToLive) {
    if (timeToLive == null) {
      return Entry.NEVER;
    }
    long now = Math.max(0, clock.millis());
    Duration longest = Duration.ofMillis(HybridTime.MAX_WALL_MILLIS - now);
    return timeToLive.compareTo(longest) < 0
        ? now + Math.max(1, timeToLive.toMillis())
        : HybridTime.MAX_WALL_MILLIS;
  }
}
