package io.p2pmap.spring.metrics;

import io.p2pmap.MapStatus;
import io.p2pmap.spring.metrics.StatusMeters.Described;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The counters of a map, by the names that {@link MapStatus} gives them. */
final class MapCounters {

  private static final Map<String, Described> METERS = meters();

  private MapCounters() {}

  static Set<String> names() {
    return METERS.keySet();
  }

  static void register(StatusMeters<MapStatus> meters) {
    METERS.forEach(
        (counter, meter) ->
            meters.counter(meter, status -> status.counters().getOrDefault(counter, 0L)));
  }

  private static Map<String, Described> meters() {
    Map<String, Described> meters = new LinkedHashMap<>();
    writes(meters);
    exchange(meters);
    housekeeping(meters);
    traffic(meters);
    return meters;
  }

  private static void writes(Map<String, Described> meters) {
    add(meters, "puts", "Entries that this node has written");
    add(meters, "removes", "Removals that this node has written");
    add(meters, "applied", "Entries of other nodes that were stored here");
    add(meters, "conflicts-lost", "Entries of other nodes that a newer one here has beaten");
    add(meters, "adopted", "Entries older than a forgotten removal that were written again");
    add(meters, "late-ignored", "Expired entries that came too late to matter");
  }

  private static void exchange(Map<String, Described> meters) {
    add(meters, "batches-sent", "Batches of own writes that were sent");
    add(meters, "gaps", "Batches that came after a lost one");
    add(meters, "early-batches", "Batches that were kept until the lost one before was there");
    add(meters, "outbox-overflows", "Times the unsent writes outgrew their limit");
    add(meters, "digests-sent", "Digests of the contents that were sent");
    add(meters, "deltas-sent", "Transfers of missing entries that were sent");
    add(meters, "full-states-sent", "Transfers of all entries that were sent");
    add(meters, "transfers-applied", "Transfers that were applied here");
    add(meters, "transfers-refused", "Transfers that did not fit or were damaged");
    add(meters, "divergences", "Digests of nodes that had seen the same and held something else");
    add(meters, "repairs-sent", "Repairs after a divergence that were sent");
  }

  private static void housekeeping(Map<String, Described> meters) {
    add(meters, "tombstones-collected", "Removals that every node knew and that were forgotten");
    add(meters, "expired-collected", "Expired entries that were forgotten");
    add(meters, "rotations", "Times this node found its own identity in other hands");
    add(meters, "listener-failures", "Changes at which a listener threw an exception");
  }

  private static void traffic(Map<String, Described> meters) {
    add(meters, "frames-sent", "Messages that were sent; one to all nodes counts once");
    add(meters, "frames-received", "Messages that were received");
    add(meters, "malformed", "Messages that were received and could not be read");
    meters.put("bytes-sent", Described.of("sent", "Length of the messages sent").in("bytes"));
    meters.put(
        "bytes-received", Described.of("received", "Length of the messages received").in("bytes"));
  }

  private static void add(Map<String, Described> meters, String counter, String description) {
    meters.put(counter, Described.of(counter.replace('-', '.'), description));
  }
}
