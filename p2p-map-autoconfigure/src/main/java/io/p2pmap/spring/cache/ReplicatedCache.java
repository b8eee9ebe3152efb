package io.p2pmap.spring.cache;

import io.p2pmap.ReplicatedMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.cache.support.NullValue;

/**
 * A cache whose entries all nodes share: what one has computed, the others read. It is kept in a
 * replicated map, where an empty {@link Optional} stands for null.
 *
 * <p>It is as consistent as the map: a moment after an eviction another node may still read the old
 * value. A value that is loaded while another node evicts its key may stay, until it is evicted
 * again or its time to live is over.
 *
 * <p>Threading: any thread.
 */
public final class ReplicatedCache extends AbstractValueAdaptingCache {

  private final String name;
  private final ReplicatedMap<Object, Optional<Object>> map;
  private final CacheKeys keys;
  private final Class<?> valueType;
  private final SingleFlight loads = new SingleFlight();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  ReplicatedCache(
      String name,
      ReplicatedMap<Object, Optional<Object>> map,
      CacheKeys keys,
      Class<?> valueType,
      boolean allowNullValues) {
    super(allowNullValues);
    this.name = name;
    this.map = map;
    this.keys = keys;
    this.valueType = valueType;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public ReplicatedMap<Object, Optional<Object>> getNativeCache() {
    return map;
  }

  @Override
  protected @Nullable Object lookup(Object key) {
    Object value = find(keys.toMapKey(key));
    (value != null ? hits : misses).increment();
    return value;
  }

  private @Nullable Object find(Object mapKey) {
    Optional<Object> value = map.get(mapKey);
    return value == null ? null : value.orElse(NullValue.INSTANCE);
  }

  /** One caller of this node loads, the others wait for it; other nodes may load meanwhile. */
  @Override
  @SuppressWarnings("unchecked") // as declared by who calls
  public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
    Object present = lookup(key);
    if (present != null) {
      return (T) fromStoreValue(present);
    }
    Object mapKey = keys.toMapKey(key);
    return (T)
        loads.load(
            mapKey,
            () -> {
              Object meanwhile = find(mapKey);
              return meanwhile != null ? fromStoreValue(meanwhile) : loaded(key, valueLoader);
            });
  }

  private @Nullable Object loaded(Object key, Callable<?> valueLoader) {
    Object value;
    try {
      value = valueLoader.call();
    } catch (Exception ex) {
      throw new ValueRetrievalException(key, valueLoader, ex);
    }
    return stored(key, value);
  }

  @Override
  public @Nullable CompletableFuture<?> retrieve(Object key) {
    Object value = lookup(key);
    if (value == null) {
      return null;
    }
    return CompletableFuture.completedFuture(
        isAllowNullValues() ? toValueWrapper(value) : fromStoreValue(value));
  }

  /** The same for a value that is loaded without blocking a thread; neither does this. */
  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // T as declared by who calls; the value may be null
  public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
    Object present = lookup(key);
    if (present != null) {
      return CompletableFuture.completedFuture((T) fromStoreValue(present));
    }
    return (CompletableFuture<T>)
        loads.loadLater(
            keys.toMapKey(key), () -> valueLoader.get().thenApply(value -> stored(key, value)));
  }

  private @Nullable Object stored(Object key, @Nullable Object value) {
    put(key, value);
    return value;
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    map.put(keys.toMapKey(key), toMapValue(value));
    puts.increment();
  }

  private Optional<Object> toMapValue(@Nullable Object value) {
    Object stored = toStoreValue(value);
    if (stored instanceof NullValue) {
      return Optional.empty();
    }
    if (!valueType.isInstance(stored)) {
      throw new IllegalArgumentException(
          "Cache '%s' has values of type %s, not %s; correct 'p2pmap.cache.caches.%s.value-type'"
              .formatted(name, valueType.getName(), stored.getClass().getName(), name));
    }
    return Optional.of(stored);
  }

  /** Atomic on this node only, as {@link ReplicatedMap#update} is. */
  @Override
  public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
    Optional<Object> wanted = toMapValue(value);
    AtomicReference<@Nullable Optional<Object>> before = new AtomicReference<>();
    map.update(
        keys.toMapKey(key),
        current -> {
          before.set(current);
          return current != null ? current : wanted;
        });
    Optional<Object> present = before.get();
    if (present == null) {
      puts.increment();
      return null;
    }
    return toValueWrapper(present.orElse(NullValue.INSTANCE));
  }

  @Override
  public void evict(Object key) {
    evictIfPresent(key);
  }

  /** Evicts also what has not arrived here yet; returns whether the key was present here. */
  @Override
  public boolean evictIfPresent(Object key) {
    evictions.increment();
    return map.remove(keys.toMapKey(key));
  }

  @Override
  public void clear() {
    invalidate();
  }

  /** Evicts what is present on this node; an entry that is on its way here stays. */
  @Override
  public boolean invalidate() {
    int size = map.size();
    evictions.add(size);
    map.clear();
    return size > 0;
  }

  /** Lookups that found an entry, since the start of this node. */
  public long hits() {
    return hits.sum();
  }

  /** Lookups that found none. */
  public long misses() {
    return misses.sum();
  }

  /** Entries that this node put. */
  public long puts() {
    return puts.sum();
  }

  /** Entries that this node evicted. */
  public long evictions() {
    return evictions.sum();
  }
}
