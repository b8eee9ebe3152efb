package io.p2pmap.internal.replication;

import io.p2pmap.internal.crdt.Entry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Every write of a schedule, and what its writer knew: the truth that replicas are judged by. */
final class WriteLedger {

  /**
   * One write.
   *
   * @param id position in the ledger
   * @param past writes of the same key that its writer knew, by id
   * @param killed those of them that are to stay gone, when this one has gone itself, too
   */
  record Write(int id, Entry<String> entry, BitSet past, BitSet killed) {}

  private final List<Write> all = new ArrayList<>();
  private final Map<Entry<String>, Write> byEntry = new HashMap<>();
  private final Map<UUID, List<Write>> byOrigin = new HashMap<>();

  /** Records a write whose writer knew of {@code past}, and that {@code killed} is removed. */
  Write record(Entry<String> entry, BitSet past, BitSet killed) {
    if (entry.isTombstone() || entry.expires()) {
      past.stream().filter(id -> !isReissue(entry, all.get(id))).forEach(killed::set);
    }
    Write write = new Write(all.size(), entry, past, killed);
    all.add(write);
    byEntry.put(entry, write);
    byOrigin.computeIfAbsent(entry.origin(), origin -> new ArrayList<>()).add(write);
    return write;
  }

  /** An adopted entry does not remove the one that it was made of. */
  private static boolean isReissue(Entry<String> entry, Write former) {
    return !entry.isTombstone() && entry.hasValueOf(former.entry());
  }

  /** The write that made {@code entry}, or null if it is not recorded yet. */
  Write of(Entry<String> entry) {
    return byEntry.get(entry);
  }

  Write get(int id) {
    return all.get(id);
  }

  List<Write> of(UUID origin) {
    return byOrigin.getOrDefault(origin, List.of());
  }

  int size() {
    return all.size();
  }
}
