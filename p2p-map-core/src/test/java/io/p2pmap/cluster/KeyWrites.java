package io.p2pmap.cluster;

import io.p2pmap.cluster.HistoryRecord.Acknowledged;
import io.p2pmap.cluster.HistoryRecord.Event;
import io.p2pmap.cluster.HistoryRecord.Intent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who wrote what to a key, and when: the time of a write is in the writer's own event of it. */
final class KeyWrites {

  private final Map<String, Map<String, List<Intent>>> intents = new HashMap<>();
  private final Map<String, Set<Long>> acknowledged = new HashMap<>();
  private final Map<String, Map<String, List<Event>>> ownEvents = new HashMap<>();
  private final Set<String> keys = new TreeSet<>();
  private final List<NodeRun> runs;

  KeyWrites(List<NodeRun> runs) {
    this.runs = runs;
    for (NodeRun run : runs) {
      intents.put(
          run.name(), run.all(Intent.class).stream().collect(Collectors.groupingBy(Intent::key)));
      Set<Long> numbers = new HashSet<>();
      run.all(Acknowledged.class).forEach(record -> numbers.add(record.number()));
      acknowledged.put(run.name(), numbers);
      ownEvents.put(
          run.name(),
          run.all(Event.class).stream()
              .filter(Event::isLocal)
              .collect(Collectors.groupingBy(Event::key)));
      keys.addAll(intents.get(run.name()).keySet());
    }
  }

  Set<String> keys() {
    return keys;
  }

  /** What a run meant to write to a key, in order. */
  List<Intent> of(NodeRun run, String key) {
    return intents.get(run.name()).getOrDefault(key, List.of());
  }

  boolean isAcknowledged(NodeRun run, Intent write) {
    return acknowledged.get(run.name()).contains(write.number());
  }

  /** When the last put of the key by one of {@code some} was written; 0 if there was none. */
  long lastPutMillis(List<NodeRun> some, String key) {
    return lastMillis(some, key, true);
  }

  long lastRemovalMillis(List<NodeRun> some, String key) {
    return lastMillis(some, key, false);
  }

  private long lastMillis(List<NodeRun> some, String key, boolean isPut) {
    return some.stream()
        .flatMap(run -> ownEvents.get(run.name()).getOrDefault(key, List.of()).stream())
        .filter(event -> (event.value() != null) == isPut)
        .mapToLong(Event::writtenAtMillis)
        .max()
        .orElse(0);
  }

  /** Whether somebody removed the key when it was absent, of which no event tells. */
  boolean hasRemovalOfUnknownTime(String key) {
    return runs.stream()
        .anyMatch(
            run ->
                of(run, key).stream().filter(write -> write.value() == null).count()
                    > ownEvents.get(run.name()).getOrDefault(key, List.of()).stream()
                        .filter(event -> event.value() == null)
                        .count());
  }
}
