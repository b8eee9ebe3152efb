package io.p2pmap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A named map that every node of the cluster that opened it holds in full.
 *
 * <p>Reads are local and lock-free. A write is applied here, readable here when the call returns,
 * and reaches the other nodes asynchronously, typically within milliseconds. Concurrent writes of
 * one key are settled by last write wins on hybrid logical time; a removed key does not come back,
 * however long a node was away.
 *
 * <p>It is not a {@link Map}: operations such as {@code putIfAbsent} could only pretend to be
 * atomic. {@link #asMap()} is a live read-only view.
 *
 * <p>Keys and values are encoded when they are written; changing an object afterwards changes
 * nothing here. Neither keys nor values may be null. Two keys are one if they are equal; a key must
 * equal itself after an encoding round trip.
 *
 * <p>Threading: every method may be called from any thread. After {@link
 * ReplicatedMaps#close(String)} every operation throws {@link MapClosedException}.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface ReplicatedMap<K, V> {

  /** Name of this map, the same on every node. */
  String name();

  /** Value of {@code key}, or null if it is absent, expired, or hidden on this node. */
  @Nullable V get(K key);

  /** Value of {@code key}, or {@code fallback} if {@link #get} would return null. */
  default V getOrDefault(K key, V fallback) {
    V value = get(key);
    return value != null ? value : fallback;
  }

  /** Whether {@link #get} would return a value. */
  boolean containsKey(K key);

  /**
   * Number of entries. Entries whose value this node cannot decode are left out once they were
   * found, which happens at their first read; when the wall clock jumps, entries that expire by
   * that are counted until the next scan.
   */
  int size();

  /** Whether {@link #size} is zero. */
  default boolean isEmpty() {
    return size() == 0;
  }

  /**
   * Writes {@code value} under {@code key}; if the map is persisted, it is on disk when this
   * returns. It lives for the map's default time to live, if any.
   *
   * @throws InvalidValueException if the map's validator refuses the value, or it is too large
   * @throws MapStorageException if the map is persisted and the write can't be made durable
   */
  void put(K key, V value);

  /**
   * Writes {@code value} under {@code key} for {@code timeToLive}, counted on this node's clock.
   * Every node hides the entry when that instant has passed on its own clock.
   *
   * @throws InvalidValueException if the map's validator refuses the value, or it is too large
   * @throws IllegalArgumentException if {@code timeToLive} is not positive
   */
  void put(K key, V value, Duration timeToLive);

  /**
   * Writes all entries in one critical section; no other write of this node comes between them.
   *
   * @throws InvalidValueException if any value is refused; then nothing is written
   */
  void putAll(Map<? extends K, ? extends V> entries);

  /**
   * Removes {@code key}. The removal is replicated even if the key is absent here, so that it also
   * reaches a value that has not arrived yet. In a presence map it withdraws this node's own entry.
   *
   * @return whether the key was present here
   */
  boolean remove(K key);

  /** Removes every key that is present here, in one critical section. */
  void clear();

  /**
   * Replaces the value of {@code key} by {@code change} of the current one, atomically among the
   * writes of this node only: two nodes may both apply their change, and the later stamp wins.
   *
   * @param change gets the current value or null and returns the new one, or null to remove; it
   *     runs on the caller's thread without a lock and again if another write came between
   * @return the value now stored, or null if the key was removed or stayed absent
   * @throws InvalidValueException if the map's validator refuses the new value
   */
  @Nullable V update(K key, UnaryOperator<@Nullable V> change);

  /** A live read-only view; iteration is weakly consistent. Every mutating method throws. */
  Map<K, V> asMap();

  /** The entry of {@code key} with its writer and times, or empty if {@link #get} returns null. */
  Optional<EntryInfo<K, V>> entry(K key);

  /** Like {@link #subscribe(MapListener, Replay)} with {@link Replay#NONE}. */
  default Subscription subscribe(MapListener<? super K, ? super V> listener) {
    return subscribe(listener, Replay.NONE);
  }

  /**
   * Calls {@code listener} for every visible change, per key in order, on a thread of its own, so
   * that it may block. A listener that falls far behind sees fewer, conflated steps of a key, but
   * always the last one. Exceptions it throws are logged, and it goes on.
   *
   * @param replay whether the current entries come first, with no gap and nothing twice
   */
  Subscription subscribe(MapListener<? super K, ? super V> listener, Replay replay);

  /**
   * Completes when the nodes that host this map now have applied every write that this node made
   * before the call. It never completes exceptionally for slowness (use {@link
   * CompletableFuture#orTimeout}); it completes with {@link MapClosedException} if the map closes.
   */
  CompletableFuture<Void> whenReplicated(Reach reach);

  /**
   * Names the latest write of this node to this map, with all its writes before; none if there is
   * none. Taken after a write, it lets another node wait for that write, see {@link #awaitToken}.
   */
  WriteToken token();

  /**
   * Waits until this node has applied the writes that {@code token} names, or later ones of the
   * same keys, so that it reads its own writes who wrote them elsewhere. Writes to other maps are
   * left out. Nothing is sent for it.
   *
   * <p>A write that this node has never heard of looks like one that has not arrived yet. So it
   * takes the whole timeout if the write's node died before the write had left it, if the node of a
   * write to a presence map is gone, and if the token was made up.
   *
   * @return whether they were applied before {@code timeout} passed
   */
  boolean awaitToken(WriteToken token, Duration timeout) throws InterruptedException;

  /**
   * Waits until every other node that hosts this map reports exactly this node's contents.
   *
   * @return whether they did so before {@code timeout} passed; true at once when no other node
   *     hosts the map
   */
  boolean awaitInSync(Duration timeout) throws InterruptedException;

  /**
   * The removals that are remembered, in no order, and which nodes each waits for; for people who
   * wonder why they stay. Cost: their number, times the known nodes.
   */
  List<TombstoneInfo<K>> tombstones();

  /** State, size, fingerprint, agreement of each member, and counters, taken at one instant. */
  MapStatus status();
}
