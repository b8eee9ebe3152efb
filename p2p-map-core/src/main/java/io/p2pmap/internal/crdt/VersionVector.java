package io.p2pmap.internal.crdt;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Per origin the highest time that is known (Parker et al., "Detection of mutual inconsistency in
 * distributed systems", 1983). An origin that is not named has time zero. Origins are never
 * forgotten: one costs 24 bytes on the wire, and forgetting them revives removed keys (B25).
 *
 * <p>Threading: confined to its replica; a copy that was put into a message is not changed again.
 */
public final class VersionVector {

  private static final class Component {
    private long time;
  }

  private final Map<UUID, Component> components = new HashMap<>();
  private final ObjLongConsumer<UUID> onRise;
  // Invariant: the sum of mixed(origin, time) over all components.
  private long hash;
  // Invariant: the largest time of any component.
  private long max;

  /** Creates an empty vector. */
  public VersionVector() {
    this((origin, time) -> {});
  }

  /** Creates an empty vector that tells {@code onRise} of every component that rises. */
  public VersionVector(ObjLongConsumer<UUID> onRise) {
    this.onRise = onRise;
  }

  /** Time of {@code origin}, or zero. */
  public long get(UUID origin) {
    Component component = components.get(origin);
    return component == null ? 0 : component.time;
  }

  /** Raises the time of {@code origin} to {@code time}; never lowers it (B2). */
  public void advance(UUID origin, long time) {
    if (time > 0) {
      raise(components.computeIfAbsent(origin, o -> new Component()), origin, time);
    }
  }

  private void raise(Component component, UUID origin, long time) {
    if (component.time >= time) {
      return;
    }
    if (component.time > 0) {
      hash -= mixed(origin, component.time);
    }
    component.time = time;
    hash += mixed(origin, time);
    max = Math.max(max, time);
    onRise.accept(origin, time);
  }

  private static long mixed(UUID origin, long time) {
    return Hash64.combine(Hash64.of(origin), time);
  }

  /** Raises every component to at least that of {@code other}. */
  public void joinAll(VersionVector other) {
    other.components.forEach((origin, component) -> advance(origin, component.time));
  }

  /** Whether every component is at least that of {@code other}. */
  public boolean covers(VersionVector other) {
    if (other.max > max) {
      return false;
    }
    for (Map.Entry<UUID, Component> component : other.components.entrySet()) {
      if (get(component.getKey()) < component.getValue().time) {
        return false;
      }
    }
    return true;
  }

  /** Whether the write of {@code entry} is at or below its origin's time. */
  public boolean covers(Entry<?> entry) {
    return entry.time() <= get(entry.origin());
  }

  /** The largest time of any origin, or zero. */
  public long max() {
    return max;
  }

  /** 64-bit hash; equal for equal vectors. */
  public long hash() {
    return hash;
  }

  /** Number of origins. */
  public int size() {
    return components.size();
  }

  /** An independent copy. */
  public VersionVector copy() {
    VersionVector copy = new VersionVector();
    copy.joinAll(this);
    return copy;
  }

  /** Calls {@code action} for every origin in ascending order of the origins. */
  public void forEach(ObjLongConsumer<UUID> action) {
    components.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(component -> action.accept(component.getKey(), component.getValue().time));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VersionVector that
        && hash == that.hash
        && size() == that.size()
        && covers(that);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    forEach((origin, time) -> text.append(origin).append('=').append(time).append(' '));
    return text.append('}').toString();
  }
}
