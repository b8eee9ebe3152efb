package io.p2pmap;

import io.p2pmap.internal.wire.WireLimits;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Declares a map: its name, its types, and its options. Immutable; every option returns a changed
 * copy.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class MapSpec<K, V> {

  private static final int MAX_NAME_LENGTH = 200;
  private static final int DEFAULT_MAX_VALUE_BYTES = 1024 * 1024;

  private final String name;
  private final Type keyType;
  private final Type valueType;
  private final Options<V> options;

  private MapSpec(String name, Type keyType, Type valueType, Options<V> options) {
    this.name = name;
    this.keyType = keyType;
    this.valueType = valueType;
    this.options = options;
  }

  /** A map of {@code keyType} to {@code valueType} with default options. */
  public static <K, V> MapSpec<K, V> of(String name, Class<K> keyType, Class<V> valueType) {
    return of(name, (Type) keyType, (Type) valueType);
  }

  /**
   * A map whose key or value type may be generic, for example {@code Map<String, List<Rule>>}.
   *
   * @throws IllegalArgumentException if the name is blank or longer than 200 characters
   */
  public static <K, V> MapSpec<K, V> of(String name, Type keyType, Type valueType) {
    if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "A map name must have 1 to %d characters, but was '%s'".formatted(MAX_NAME_LENGTH, name));
    }
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(valueType, "valueType");
    return new MapSpec<>(name, keyType, valueType, Options.defaults());
  }

  /**
   * Refuses values for which {@code validator} is false: here with an {@link
   * InvalidValueException}; a value of another node is hidden here, kept, and passed on.
   */
  public MapSpec<K, V> validator(Predicate<? super V> validator) {
    return valueValidator(new Validators.OfPredicate<V>(Objects.requireNonNull(validator)));
  }

  /** Like {@link #validator}, with reasons: refuses values in which {@code validator} finds any. */
  public MapSpec<K, V> valueValidator(ValueValidator<? super V> validator) {
    return with(options.withValidator(Objects.requireNonNull(validator)));
  }

  /** Whether the map survives a restart of all nodes (false). */
  public MapSpec<K, V> persist(boolean persist) {
    return with(options.withPersist(persist));
  }

  /**
   * Whether this is a presence map (false): what a node wrote disappears everywhere when that node
   * leaves or fails, and never comes back.
   */
  public MapSpec<K, V> pruneOnPeerDown(boolean prune) {
    return with(options.withPruneOnPeerDown(prune));
  }

  /**
   * How long a node that went away is waited for (1 hour). A tombstone leaves only when every such
   * node knows it; a node that comes back later takes the full state.
   */
  public MapSpec<K, V> tombstoneTtl(Duration ttl) {
    return with(options.withTombstoneTtl(positive("tombstoneTtl", ttl)));
  }

  /** How often the map looks for tombstones and expired entries that may leave (1 second). */
  public MapSpec<K, V> scanInterval(Duration interval) {
    return with(options.withScanInterval(positive("scanInterval", interval)));
  }

  /** Time to live of entries that are written without one (none). */
  public MapSpec<K, V> timeToLive(Duration ttl) {
    return with(options.withTimeToLive(positive("timeToLive", ttl)));
  }

  /** Largest encoded value that is accepted, in bytes (1 MiB; at most a little below 16 MiB). */
  public MapSpec<K, V> maxValueBytes(int bytes) {
    if (bytes < 1 || bytes > WireLimits.MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "maxValueBytes must be 1 to %d, but was %d".formatted(WireLimits.MAX_VALUE_BYTES, bytes));
    }
    return with(options.withMaxValueBytes(bytes));
  }

  /** Name of the map. */
  public String name() {
    return name;
  }

  /** Type of the keys. */
  public Type keyType() {
    return keyType;
  }

  /** Type of the values. */
  public Type valueType() {
    return valueType;
  }

  Options<V> options() {
    return options;
  }

  private MapSpec<K, V> with(Options<V> changed) {
    return new MapSpec<>(name, keyType, valueType, changed);
  }

  private static Duration positive(String option, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(option + " must be positive, but was " + duration);
    }
    return duration;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MapSpec<?, ?> that
        && name.equals(that.name)
        && keyType.equals(that.keyType)
        && valueType.equals(that.valueType)
        && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, keyType, valueType, options);
  }

  @Override
  public String toString() {
    return "MapSpec[%s: %s -> %s, %s]"
        .formatted(name, keyType.getTypeName(), valueType.getTypeName(), options);
  }

  /** The options of a map, each with its default. */
  record Options<V>(
      @Nullable ValueValidator<? super V> validator,
      boolean persist,
      boolean pruneOnPeerDown,
      Duration tombstoneTtl,
      Duration scanInterval,
      @Nullable Duration timeToLive,
      int maxValueBytes) {

    static <V> Options<V> defaults() {
      return new Options<>(
          null,
          false,
          false,
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          null,
          DEFAULT_MAX_VALUE_BYTES);
    }

    Options<V> withValidator(ValueValidator<? super V> changed) {
      return new Options<>(
          changed, persist, pruneOnPeerDown, tombstoneTtl, scanInterval, timeToLive, maxValueBytes);
    }

    Options<V> withPersist(boolean changed) {
      return new Options<>(
          validator,
          changed,
          pruneOnPeerDown,
          tombstoneTtl,
          scanInterval,
          timeToLive,
          maxValueBytes);
    }

    Options<V> withPruneOnPeerDown(boolean changed) {
      return new Options<>(
          validator, persist, changed, tombstoneTtl, scanInterval, timeToLive, maxValueBytes);
    }

    Options<V> withTombstoneTtl(Duration changed) {
      return new Options<>(
          validator, persist, pruneOnPeerDown, changed, scanInterval, timeToLive, maxValueBytes);
    }

    Options<V> withScanInterval(Duration changed) {
      return new Options<>(
          validator, persist, pruneOnPeerDown, tombstoneTtl, changed, timeToLive, maxValueBytes);
    }

    Options<V> withTimeToLive(Duration changed) {
      return new Options<>(
          validator, persist, pruneOnPeerDown, tombstoneTtl, scanInterval, changed, maxValueBytes);
    }

    Options<V> withMaxValueBytes(int changed) {
      return new Options<>(
          validator, persist, pruneOnPeerDown, tombstoneTtl, scanInterval, timeToLive, changed);
    }
  }
}
