package io.p2pmap.cluster;

import io.p2pmap.cluster.HistoryRecord.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one run must be: a path without gaps that ends at the contents (I5), on which
 * nothing that was removed comes back (I2) and nothing older follows something newer (I4).
 */
final class EventRules {

  private final NodeRun run;
  private final Map<String, Path> paths = new HashMap<>();
  private final List<Breach> breaches = new ArrayList<>();

  private EventRules(NodeRun run) {
    this.run = run;
  }

  /** Where the events have led to. */
  private static final class Path {
    private @Nullable String current;
    private long writtenAtMillis;
    private final Set<String> removed = new HashSet<>();
    private final Set<String> replaced = new HashSet<>();
  }

  static List<Breach> breaches(NodeRun run) {
    EventRules rules = new EventRules(run);
    run.all(Event.class).forEach(rules::follow);
    if (run.isAlive()) {
      rules.checkEnds();
    }
    return rules.breaches;
  }

  private void follow(Event event) {
    Path path = paths.computeIfAbsent(event.key(), any -> new Path());
    if (!Objects.equals(event.previous(), path.current)) {
      report("I5", event, "a gap: the value before was %s".formatted(path.current));
    } else if (Objects.equals(event.value(), event.previous())) {
      report("I5", event, "nothing changed");
    }
    if (event.value() != null) {
      checkIsNewer(event, path);
    }
    if (path.current != null) {
      (event.value() == null ? path.removed : path.replaced).add(path.current);
    }
    path.current = event.value();
  }

  private void checkIsNewer(Event event, Path path) {
    if (path.removed.contains(event.value())) {
      report("I2", event, "it was removed before");
    } else if (path.replaced.contains(event.value())) {
      report("I4", event, "it was replaced before");
    } else if (event.writtenAtMillis() < path.writtenAtMillis) {
      report("I4", event, "it is older than the value before");
    }
    path.writtenAtMillis = event.writtenAtMillis();
  }

  private void checkEnds() {
    Set<String> keys = new HashSet<>(paths.keySet());
    keys.addAll(Objects.requireNonNull(run.contents()).keySet());
    for (String key : keys) {
      Path path = paths.get(key);
      String told = path == null ? null : path.current;
      if (!Objects.equals(told, run.finalValue(key))) {
        breaches.add(
            Breach.of(
                "I5",
                "%s holds %s for key %s, but its listener was told %s last",
                run.name(),
                run.finalValue(key),
                key,
                told));
      }
    }
  }

  private void report(String invariant, Event event, String why) {
    breaches.add(Breach.of(invariant, "%s was told %s: %s", run.name(), event, why));
  }
}
