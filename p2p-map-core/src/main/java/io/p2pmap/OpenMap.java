package io.p2pmap;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.codec.CborCodecs;
import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.Stamp;
import io.p2pmap.internal.engine.ChangeFeed;
import io.p2pmap.internal.engine.Keys;
import io.p2pmap.internal.engine.ReplicaDriver;
import io.p2pmap.internal.engine.Values;
import io.p2pmap.internal.replication.Change;
import io.p2pmap.internal.replication.Draft;
import io.p2pmap.internal.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map that is open on a node: encodes and validates on the caller's thread, and gives the rest to
 * the driver.
 */
final class OpenMap<K, V> implements ReplicatedMap<K, V> {

  private final MapSpec<K, V> spec;
  private final Keys<K> keys;
  private final Values<V> values;
  private final Drafts<K, V> drafts;
  private final ConcurrentHashMap<Object, Entry<Object>> live;
  private final Hosting hosting;
  private final ReplicaDriver<Object> driver;
  private final Clock clock;
  private final StatusReport report;
  private final Set<ChangeFeed<Object>> feeds = ConcurrentHashMap.newKeySet();
  private final LongAdder listenerFailures = new LongAdder();
  private volatile boolean isClosed;

  OpenMap(
      MapSpec<K, V> spec,
      ValueValidator<? super V> validator,
      CborCodecs codecs,
      Clock clock,
      Host host,
      StatusReport report) {
    this.spec = spec;
    this.keys = new Keys<>(spec.name(), codecs.codecOf(spec.keyType()));
    this.values =
        new Values<>(spec.name(), codecs.codecOf(spec.valueType()), validator::violations);
    this.live = new ConcurrentHashMap<>();
    this.drafts = new Drafts<>(spec, keys, values, validator, clock, live);
    this.clock = clock;
    this.hosting = host.host(live, keys);
    this.driver = hosting.map().driver();
    this.report = report;
  }

  /** Puts a map with these live entries on the node. */
  @FunctionalInterface
  interface Host {
    Hosting host(ConcurrentHashMap<Object, Entry<Object>> live, Keys<?> keys);
  }

  MapSpec<K, V> spec() {
    return spec;
  }

  Hosting hosting() {
    return hosting;
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public @Nullable V get(K key) {
    requireOpen();
    Entry<Object> entry = live.get(key);
    return entry == null ? null : visibleValue(entry);
  }

  /** The value of a live entry, or null if it has expired or is hidden. */
  private @Nullable V visibleValue(Entry<Object> entry) {
    return entry.expires() && !entry.isVisible(clock.millis()) ? null : values.read(entry);
  }

  @Override
  public boolean containsKey(K key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    requireOpen();
    return driver.shownCount() - hiddenCount();
  }

  int hiddenCount() {
    return values.hiddenCount(entry -> live.get(entry.key()) == entry);
  }

  @Override
  public void put(K key, V value) {
    requireOpen();
    write(List.of(drafts.put(key, value)));
  }

  @Override
  public void put(K key, V value, Duration timeToLive) {
    requireOpen();
    if (timeToLive.isZero() || timeToLive.isNegative()) {
      throw new IllegalArgumentException("timeToLive must be positive, but was " + timeToLive);
    }
    write(List.of(drafts.put(key, value, timeToLive)));
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    requireOpen();
    List<Draft<Object>> writes = new ArrayList<>(entries.size());
    entries.forEach((key, value) -> writes.add(drafts.put(key, value)));
    write(writes);
  }

  @Override
  public boolean remove(K key) {
    requireOpen();
    List<Change<Object>> changes = write(List.of(drafts.removal(key)));
    Entry<Object> before = changes.isEmpty() ? null : changes.get(0).before();
    return before != null && values.read(before) != null;
  }

  @Override
  public void clear() {
    requireOpen();
    try {
      driver.rewrite(entries -> entries.stream().map(Drafts::removal).toList());
    } catch (StorageException e) {
      throw notDurable(e);
    }
  }

  @Override
  public @Nullable V update(K key, UnaryOperator<@Nullable V> change) {
    requireOpen();
    while (true) {
      Entry<Object> before = live.get(key);
      V current = before == null ? null : visibleValue(before);
      V changed = change.apply(current);
      if (changed == null && current == null) {
        return null;
      }
      Draft<Object> draft = changed == null ? drafts.removal(key) : drafts.put(key, changed);
      if (tryWrite(draft, before)) {
        return changed;
      }
    }
  }

  private List<Change<Object>> write(List<Draft<Object>> writes) {
    try {
      return driver.write(writes);
    } catch (StorageException e) {
      throw notDurable(e);
    }
  }

  private boolean tryWrite(Draft<Object> write, @Nullable Entry<Object> expected) {
    try {
      return driver.tryWrite(write, expected);
    } catch (StorageException e) {
      throw notDurable(e);
    }
  }

  private MapStorageException notDurable(StorageException e) {
    return new MapStorageException(
        "Map '%s' can't make a write durable: %s".formatted(name(), e.getMessage()), e);
  }

  @Override
  public Map<K, V> asMap() {
    requireOpen();
    return new MapView<>(this);
  }

  /** Every live entry, also those that readers do not see. */
  Iterable<Entry<Object>> liveEntries() {
    requireOpen();
    return live.values();
  }

  /** What readers see of an entry, or null if nothing. */
  @SuppressWarnings("unchecked") // a decoded identity is a key
  Map.@Nullable Entry<K, V> visible(Entry<Object> entry) {
    V value = keys.isDecoded(entry.key()) ? visibleValue(entry) : null;
    return value == null ? null : Map.entry((K) entry.key(), value);
  }

  @Override
  public Optional<EntryInfo<K, V>> entry(K key) {
    requireOpen();
    Entry<Object> entry = live.get(key);
    V value = entry == null ? null : visibleValue(entry);
    return entry == null || value == null ? Optional.empty() : Optional.of(info(key, value, entry));
  }

  private EntryInfo<K, V> info(K key, V value, Entry<Object> entry) {
    return new EntryInfo<>(
        key,
        value,
        driver.writer(entry.origin()),
        entry.time() + "@" + entry.origin(),
        Instant.ofEpochMilli(HybridTime.epochMillis(entry.time())),
        entry.expires() ? Instant.ofEpochMilli(entry.expiresAtMillis()) : null,
        entry.valueLengthBytes());
  }

  @Override
  public Subscription subscribe(MapListener<? super K, ? super V> listener, Replay replay) {
    requireOpen();
    EventMaker<K, V> events = new EventMaker<>(name(), hosting, values, clock);
    ChangeFeed<Object> feed =
        ChangeFeed.start(
            name(),
            driver,
            replay == Replay.CURRENT_ENTRIES,
            change -> deliver(events, change, listener),
            listenerFailures);
    feeds.add(feed);
    return () -> {
      feeds.remove(feed);
      feed.close();
    };
  }

  @SuppressWarnings("unchecked") // a listener of ? super K takes events of K
  private void deliver(
      EventMaker<K, V> events, Change<Object> change, MapListener<? super K, ? super V> listener) {
    MapEvent<K, V> event = keys.isDecoded(change.key()) ? events.eventOf(change) : null;
    if (event != null) {
      ((MapListener<K, V>) listener).onEvent(event);
    }
  }

  @Override
  public CompletableFuture<Void> whenReplicated(Reach reach) {
    requireOpen();
    return whenReached(reach);
  }

  private CompletableFuture<Void> whenReached(Reach reach) {
    return driver.whenReached(
        reached ->
            switch (reach) {
              case ALL -> reached.unknown() == 0 && reached.confirmed() >= reached.hosts();
              case MAJORITY ->
                  2 * (1 + reached.confirmed()) > 1 + reached.hosts() + reached.unknown();
            });
  }

  @Override
  public boolean awaitInSync(Duration timeout) throws InterruptedException {
    requireOpen();
    return await(driver.whenAgreed(), timeout);
  }

  @Override
  public WriteToken token() {
    requireOpen();
    Stamp last = driver.lastWrite();
    return last == null ? WriteToken.none() : WriteToken.of(Map.of(name(), last));
  }

  /** The last write of this node, or null if there is none. */
  @Nullable Stamp lastWrite() {
    return driver.lastWrite();
  }

  @Override
  public boolean awaitToken(WriteToken token, Duration timeout) throws InterruptedException {
    requireOpen();
    return hasSeen(token) || (!timeout.isZero() && await(whenSeen(token), timeout));
  }

  /** Whether this node has applied the token's writes to this map. */
  boolean hasSeen(WriteToken token) {
    Collection<Stamp> writes = token.writesOf(name());
    return writes.isEmpty() || driver.hasSeen(writes);
  }

  /** Completes when this node has applied the token's writes to this map. */
  CompletableFuture<Void> whenSeen(WriteToken token) {
    return driver.whenSeen(token.writesOf(name()));
  }

  private boolean await(CompletableFuture<Void> event, Duration timeout)
      throws InterruptedException {
    try {
      event.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new MapClosedException(name());
    } finally {
      event.cancel(false);
    }
  }

  @Override
  public MapStatus status() {
    return report.status(this);
  }

  /** Per listener, how many changes it was not told of. */
  List<Integer> listenerQueues() {
    return feeds.stream().map(ChangeFeed::queued).toList();
  }

  /** At how many changes a listener has failed. */
  long listenerFailures() {
    return listenerFailures.sum();
  }

  @Override
  public List<TombstoneInfo<K>> tombstones() {
    requireOpen();
    return report.tombstones(this, keys);
  }

  boolean isClosed() {
    return isClosed;
  }

  private void requireOpen() {
    if (isClosed) {
      throw new MapClosedException(name());
    }
  }

  /** Takes no more operations; completes when the other nodes have applied all writes so far. */
  CompletableFuture<Void> finishWrites() {
    isClosed = true;
    return whenReached(Reach.ALL);
  }

  /** Ends every operation, wait, and subscription. Idempotent. */
  void close() {
    isClosed = true;
    feeds.forEach(ChangeFeed::close);
    feeds.clear();
    driver.abandonWaits(new MapClosedException(name()));
  }
}
