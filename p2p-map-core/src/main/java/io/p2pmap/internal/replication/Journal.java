package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import io.p2pmap.internal.crdt.VersionVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Notes down what an input changes, for a replica that is persisted.
 *
 * <p>Threading: confined to its replica.
 */
final class Journal<K> {

  // Per key what was done last, and whether that was taking it away.
  private final Map<K, Step<K>> steps = new LinkedHashMap<>();
  private VersionVector seen = new VersionVector();
  private VersionVector horizon = new VersionVector();
  private Map<UUID, String> writers = new LinkedHashMap<>();

  private record Step<K>(Entry<K> entry, boolean isDrop) {}

  void stored(Entry<K> entry) {
    steps.put(entry.key(), new Step<>(entry, false));
  }

  void dropped(Entry<K> entry) {
    steps.put(entry.key(), new Step<>(entry, true));
  }

  void seen(UUID origin, long time) {
    seen.advance(origin, time);
  }

  void forgotten(UUID origin, long time) {
    horizon.advance(origin, time);
  }

  void writer(UUID origin, String nodeName) {
    writers.put(origin, nodeName);
  }

  /** What was noted since the last call, and who is known if that changed; null if nothing. */
  @Nullable StateDelta<K> take(@Nullable Set<UUID> known) {
    StateDelta<K> delta =
        new StateDelta<>(entries(false), entries(true), seen, horizon, writers, known, null);
    if (delta.isEmpty()) {
      return null;
    }
    steps.clear();
    seen = new VersionVector();
    horizon = new VersionVector();
    writers = new LinkedHashMap<>();
    return delta;
  }

  private List<Entry<K>> entries(boolean drops) {
    List<Entry<K>> entries = new ArrayList<>(drops ? 0 : steps.size());
    for (Step<K> step : steps.values()) {
      if (step.isDrop() == drops) {
        entries.add(step.entry());
      }
    }
    return entries;
  }
}
