package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.OnCorruption;
import io.p2pmap.internal.storage.StoreListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small store with everything in it: a snapshot, a log behind it, and one of a second run. */
final class GoldenStore {

  /** What reading it gives. */
  static final List<String> RECORDS = List.of("snapshot", "of two", "four", "", "fünf");

  private final SimulatedDisk disk = new SimulatedDisk();
  private final Tuning tuning =
      new Tuning(
          Duration.ofMillis(1),
          1_000,
          1_000_000,
          64,
          64,
          250, // so that it is compacted once
          1_000,
          Duration.ZERO,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  private long nanos;

  private GoldenStore() {}

  /** Writes the store; returns the files. */
  static Map<String, byte[]> write() throws Exception {
    GoldenStore golden = new GoldenStore();
    StoreFiles.create(golden.disk, "Flags");
    golden.run(List.of(List.of("one".repeat(20), "two"), List.of("", "three"), List.of("four")));
    golden.run(List.of(List.of("", "fünf")));
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : golden.disk.list()) {
      files.put(name, golden.disk.file(name).bytes());
    }
    return files;
  }

  /** Opens the store, writes and forces each group, and closes. */
  private void run(List<List<String>> groups) {
    Recovery recovery = Recovery.of(disk, "Flags", OnCorruption.FAIL, record -> {});
    StoreLoop.Shared shared = StoreLoop.Shared.of(tuning);
    StoreLoop loop =
        new StoreLoop(
            disk, recovery, tuning, shared, this::capture, StoreListener.none(), () -> nanos);
    for (List<String> group : groups) {
      group.forEach(record -> shared.pending().append(bytes(record)));
      do {
        nanos += Duration.ofMillis(2).toNanos();
      } while (loop.step() == 0);
      nanos += Duration.ofMillis(2).toNanos();
      while (loop.step() == 0) {
        nanos++;
      }
    }
    loop.finish();
  }

  private Iterator<byte[]> capture(Runnable atInstant) {
    atInstant.run();
    return Stream.of("snapshot", "of two").map(GoldenStore::bytes).iterator();
  }

  /** Reads a store of these files as they are. */
  static List<String> read(Map<String, byte[]> files) throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      disk.create(file.getKey()).close();
      disk.file(file.getKey()).replace(file.getValue());
    }
    List<String> records = new ArrayList<>();
    Recovery.of(
        disk,
        "Flags",
        OnCorruption.FAIL,
        record -> records.add(new String(record, StandardCharsets.UTF_8)));
    return records;
  }

  private static byte[] bytes(String record) {
    return record.getBytes(StandardCharsets.UTF_8);
  }
}
