package io.p2pmap.cluster;

import io.p2pmap.cluster.HistoryRecord.Acknowledged;
import io.p2pmap.cluster.HistoryRecord.Intent;
import io.p2pmap.cluster.HistoryRecord.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** I4: the thread that writes reads its own writes or newer ones, and never steps back. */
final class SessionRules {

  private final NodeRun run;
  private final Map<Long, Intent> begun = new HashMap<>();
  private final Map<String, Session> sessions = new HashMap<>();
  private final List<Breach> breaches = new ArrayList<>();

  private SessionRules(NodeRun run) {
    this.run = run;
  }

  /** What the thread knows of a key. */
  private static final class Session {
    private @Nullable String newest;
    private final Set<String> older = new HashSet<>();

    void advanceTo(@Nullable String value) {
      if (newest != null && !newest.equals(value)) {
        older.add(newest);
      }
      newest = value;
    }
  }

  static List<Breach> breaches(NodeRun run) {
    SessionRules rules = new SessionRules(run);
    run.records().forEach(rules::follow);
    return rules.breaches;
  }

  private void follow(HistoryRecord record) {
    if (record instanceof Intent intent) {
      begun.put(intent.number(), intent);
    } else if (record instanceof Acknowledged acknowledged) {
      Intent intent = begun.remove(acknowledged.number());
      if (intent != null) {
        session(intent.key()).advanceTo(intent.value());
      }
    } else if (record instanceof Read read) {
      check(read);
    }
  }

  private void check(Read read) {
    Session session = session(read.key());
    boolean isOnlyOurs = read.key().startsWith("own-" + run.name());
    if (isOnlyOurs && !java.util.Objects.equals(read.value(), session.newest)) {
      breaches.add(Breach.of("I4", "%s wrote %s but read %s", run.name(), session.newest, read));
    } else if (read.value() != null && session.older.contains(read.value())) {
      breaches.add(
          Breach.of("I4", "%s knew %s but read the older %s", run.name(), session.newest, read));
    }
    session.advanceTo(read.value());
  }

  private Session session(String key) {
    return sessions.computeIfAbsent(key, any -> new Session());
  }
}
