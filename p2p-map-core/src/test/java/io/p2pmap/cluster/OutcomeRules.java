package io.p2pmap.cluster;

import io.p2pmap.cluster.HistoryRecord.Confirmed;
import io.p2pmap.cluster.HistoryRecord.Event;
import io.p2pmap.cluster.HistoryRecord.Intent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the contents at the end must be: the same everywhere (I1), and for every key the outcome of
 * the last write that had to survive, or of a later one (I2, I3).
 */
final class OutcomeRules {

  private final List<NodeRun> runs;
  private final List<NodeRun> alive;
  private final boolean doConfirmedSurvive;
  private final KeyWrites writes;
  private final Set<String> toldToSurvivors = new HashSet<>();
  private final List<Breach> breaches = new ArrayList<>();

  OutcomeRules(List<NodeRun> runs, boolean doConfirmedSurvive) {
    this.runs = runs;
    this.alive = runs.stream().filter(NodeRun::isAlive).toList();
    this.doConfirmedSurvive = doConfirmedSurvive;
    this.writes = new KeyWrites(runs);
    for (NodeRun run : alive) {
      run.all(Event.class).stream()
          .map(Event::value)
          .filter(Objects::nonNull)
          .forEach(toldToSurvivors::add);
    }
  }

  List<Breach> breaches() {
    if (alive.isEmpty()) {
      return List.of();
    }
    Set<String> keys = new TreeSet<>(writes.keys());
    alive.forEach(run -> keys.addAll(Objects.requireNonNull(run.contents()).keySet()));
    keys.forEach(this::check);
    return breaches;
  }

  private void check(String key) {
    checkIsSame(key);
    String outcome = alive.get(0).finalValue(key);
    List<NodeRun> writers = runs.stream().filter(run -> !writes.of(run, key).isEmpty()).toList();
    if (outcome != null && writers.stream().noneMatch(run -> indexOf(run, key, outcome) >= 0)) {
      report("I3", key, "it ends as %s, which nobody wrote".formatted(outcome));
    } else if (writers.size() == 1) {
      checkOnlyWriter(writers.get(0), key, outcome);
    } else {
      checkContest(key, outcome);
    }
  }

  private void checkIsSame(String key) {
    DumpedEntry first = Objects.requireNonNull(alive.get(0).contents()).get(key);
    for (NodeRun other : alive) {
      DumpedEntry theirs = Objects.requireNonNull(other.contents()).get(key);
      if (!Objects.equals(first, theirs)) {
        report(
            "I1",
            key,
            "%s holds %s, %s %s".formatted(alive.get(0).name(), first, other.name(), theirs));
      }
    }
  }

  /**
   * A key that one run wrote: the outcome is that of its last write that had to survive, or later.
   */
  private void checkOnlyWriter(NodeRun writer, String key, @Nullable String outcome) {
    List<Intent> all = writes.of(writer, key);
    int due = lastThatSurvives(writer, key);
    boolean isFine =
        outcome != null
            ? indexOf(writer, key, outcome) >= due
            : due < 0
                || all.subList(due, all.size()).stream().anyMatch(write -> write.value() == null);
    if (!isFine) {
      boolean isRemoval = all.get(due).value() == null;
      report(
          isRemoval ? "I2" : "I3",
          key,
          "it ends as %s although %s had to survive".formatted(outcome, all.get(due)));
    }
  }

  /** Index of the last write of the key that must be visible or superseded; -1 if none must. */
  private int lastThatSurvives(NodeRun writer, String key) {
    List<Intent> all = writes.of(writer, key);
    long confirmed =
        doConfirmedSurvive
            ? writer.all(Confirmed.class).stream().mapToLong(Confirmed::number).max().orElse(0)
            : 0;
    int due = -1;
    for (int i = 0; i < all.size(); i++) {
      Intent write = all.get(i);
      if (writer.isAlive() && writes.isAcknowledged(writer, write)
          || toldToSurvivors.contains(write.value())
          || write.number() <= confirmed) {
        due = i;
      }
    }
    return due;
  }

  private int indexOf(NodeRun writer, String key, String value) {
    List<Intent> all = writes.of(writer, key);
    for (int i = 0; i < all.size(); i++) {
      if (value.equals(all.get(i).value())) {
        return i;
      }
    }
    return -1;
  }

  /** A key of several writers: nothing that a survivor wrote may be newer than the outcome. */
  private void checkContest(String key, @Nullable String outcome) {
    long lastPut = writes.lastPutMillis(alive, key);
    long lastRemoval = writes.lastRemovalMillis(alive, key);
    if (outcome != null) {
      long written =
          Objects.requireNonNull(alive.get(0).contents()).get(key).writtenAt().toEpochMilli();
      if (lastPut > written) {
        report("I3", key, "it ends as %s, older than a put that survived".formatted(outcome));
      } else if (lastRemoval > written) {
        report("I2", key, "it ends as %s, older than its removal".formatted(outcome));
      }
    } else if (lastPut > writes.lastRemovalMillis(runs, key)
        && !writes.hasRemovalOfUnknownTime(key)) {
      report("I3", key, "it ends absent, but a put is newer than every removal");
    }
  }

  private void report(String invariant, String key, String what) {
    breaches.add(Breach.of(invariant, "key %s: %s", key, what));
  }
}
