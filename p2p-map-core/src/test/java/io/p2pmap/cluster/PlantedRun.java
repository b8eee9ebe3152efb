package io.p2pmap.cluster;

import io.p2pmap.cluster.HistoryRecord.Acknowledged;
import io.p2pmap.cluster.HistoryRecord.Event;
import io.p2pmap.cluster.HistoryRecord.Intent;
import io.p2pmap.cluster.HistoryRecord.Read;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run made up by a test, with consistent events unless told otherwise. */
final class PlantedRun {

  private final String name;
  private final List<HistoryRecord> records = new ArrayList<>();
  private final Map<String, String> current = new HashMap<>();
  private @Nullable SortedMap<String, DumpedEntry> contents;
  private long number;

  PlantedRun(String name) {
    this.name = name;
  }

  static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  PlantedRun puts(String key, String value, long millis) {
    return writes(key, value, millis);
  }

  PlantedRun removes(String key, long millis) {
    return writes(key, null, millis);
  }

  private PlantedRun writes(String key, @Nullable String value, long millis) {
    number++;
    return adds(new Intent(number, key, value))
        .adds(new Acknowledged(number, 1))
        .isTold(key, value, current.get(key), true, millis);
  }

  /** An event of somebody else's write. */
  PlantedRun told(String key, @Nullable String value, long millis) {
    return isTold(key, value, current.get(key), false, millis);
  }

  PlantedRun toldWith(String key, String value, String previous, long millis) {
    return isTold(key, value, previous, false, millis);
  }

  private PlantedRun isTold(
      String key, @Nullable String value, @Nullable String previous, boolean isLocal, long millis) {
    current.put(key, value);
    return adds(new Event(key, value, previous, isLocal, millis, millis));
  }

  PlantedRun reads(String key, @Nullable String value) {
    return adds(new Read(key, value));
  }

  PlantedRun adds(HistoryRecord record) {
    records.add(record);
    return this;
  }

  /** The run is alive at the end, and its map is empty. */
  PlantedRun ends() {
    contents = new TreeMap<>();
    return this;
  }

  /** The run is alive at the end, and its map holds just this key, with the value told last. */
  PlantedRun ends(String key, long millis) {
    ends();
    contents.put(key, new DumpedEntry(current.get(key), "somebody", at(millis), null));
    return this;
  }

  NodeRun toRun() {
    return new NodeRun(name, records, contents);
  }
}
