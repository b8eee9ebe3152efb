package io.p2pmap.internal.engine;

import io.p2pmap.internal.codec.CborCodec;
import io.p2pmap.internal.codec.DecodeException;
import io.p2pmap.internal.crdt.Entry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What readers make of the values of a map: decoded at their first read, once. A value that this
 * node can't decode or its validator refuses is hidden, and stays as it is for everybody else
 * (B11).
 *
 * <p>Threading: any thread; never called under a map's lock, since decoding runs user code.
 */
public final class Values<V> {

  private static final Logger LOG = LoggerFactory.getLogger(Values.class);
  private static final Object HIDDEN = new Object();

  private final String mapName;
  private final CborCodec<V> codec;
  private final Function<? super V, List<String>> violations;
  private final RateLimitedLog log = new RateLimitedLog(LOG);
  private final Set<Entry<Object>> hidden = ConcurrentHashMap.newKeySet();

  /** Creates the values of a map; a value without {@code violations} is valid. */
  public Values(String mapName, CborCodec<V> codec, Function<? super V, List<String>> violations) {
    this.mapName = mapName;
    this.codec = codec;
    this.violations = violations;
  }

  /** The encoded value. */
  public byte[] encode(V value) {
    return codec.encode(value);
  }

  /** The value of a live entry, or null if it is hidden. */
  @SuppressWarnings("unchecked") // only this class caches read views
  public @Nullable V read(Entry<Object> entry) {
    Object view = entry.readView();
    if (view == null) {
      view = decode(entry);
      entry.cacheReadView(view);
    }
    return view == HIDDEN ? null : (V) view;
  }

  private Object decode(Entry<Object> entry) {
    byte[] bytes = entry.valueBytes();
    if (bytes == null) {
      throw new AssertionError("A tombstone has no value: " + entry);
    }
    try {
      V value = codec.decode(bytes);
      List<String> found = value == null ? List.of("it is null") : violations.apply(value);
      return value != null && found.isEmpty() ? value : hide(entry, String.join("; ", found));
    } catch (DecodeException e) {
      return hide(entry, e.toString());
    } catch (RuntimeException e) {
      return hide(entry, "the validator failed: " + e);
    }
  }

  private Object hide(Entry<Object> entry, String reason) {
    if (hidden.add(entry)) {
      log.warn(
          "A value is hidden on this node: {}",
          "map '%s', key '%s', %s".formatted(mapName, entry.key(), reason));
    }
    return HIDDEN;
  }

  /** How many entries are hidden; {@code isCurrent} tells which entries are still there. */
  public int hiddenCount(Predicate<Entry<Object>> isCurrent) {
    hidden.removeIf(entry -> !isCurrent.test(entry));
    return hidden.size();
  }
}
