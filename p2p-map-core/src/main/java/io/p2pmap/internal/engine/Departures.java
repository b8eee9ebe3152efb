package io.p2pmap.internal.engine;

import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who was in the view: members that disappeared from the view without a goodbye, which is what a
 * partition looks like; a crash looks the same. One counts as back when it, or a node of its name,
 * is in the view; after an hour nobody asks any more.
 *
 * <p>Threading: any thread.
 */
final class Departures {

  private static final long MEMORY_MILLIS = Duration.ofHours(1).toMillis();

  /** Beyond these the oldest is forgotten. */
  private static final int MAX_MISSING = 100;

  private static final int MAX_NAMES = 1_000;

  /** A member that is missing, and since when on this node's wall clock. */
  record Missing(Peer member, long sinceMillis) {}

  private final Map<UUID, Missing> missing = new LinkedHashMap<>();
  private final Map<UUID, String> names = new LinkedHashMap<>();
  private final Set<UUID> leaving = new HashSet<>();
  private List<Peer> others = List.of();

  /** The member is about to leave. */
  synchronized void saidGoodbye(UUID member) {
    if (others.stream().anyMatch(peer -> peer.id().equals(member))) {
      leaving.add(member);
    }
  }

  synchronized void viewChanged(View view, long wallMillis) {
    Set<UUID> present = view.others().stream().map(Peer::id).collect(Collectors.toSet());
    for (Peer peer : others) {
      if (!present.contains(peer.id()) && !leaving.contains(peer.id())) {
        missing.put(peer.id(), new Missing(peer, wallMillis));
      }
    }
    Set<String> here = view.others().stream().map(Peer::nodeName).collect(Collectors.toSet());
    missing.values().removeIf(each -> here.contains(each.member().nodeName()));
    leaving.retainAll(present);
    others = view.others();
    others.forEach(peer -> names.put(peer.id(), peer.nodeName()));
    removeOldest(missing, MAX_MISSING);
    removeOldest(names, MAX_NAMES);
  }

  private static void removeOldest(Map<UUID, ?> map, int limit) {
    Iterator<UUID> oldest = map.keySet().iterator();
    for (int excess = map.size() - limit; excess > 0; excess--) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Name of a node that is or was in a view; empty if there was none, or it was long ago. */
  synchronized String nameOf(UUID member) {
    return names.getOrDefault(member, "");
  }

  /** Who is missing, longest first. */
  synchronized List<Missing> missing(long wallMillis) {
    missing.values().removeIf(each -> wallMillis - each.sinceMillis() > MEMORY_MILLIS);
    return new ArrayList<>(missing.values());
  }
}
