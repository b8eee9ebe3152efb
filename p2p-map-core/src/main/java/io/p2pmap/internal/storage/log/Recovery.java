package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.OnCorruption;
import io.p2pmap.internal.storage.RecoveryReport;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.log.FileHeader.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What opening a store gives: the report, and where the log goes on. Files are read twice: once to
 * verify all of them, once to give the records away. Nothing is changed before that is done.
 *
 * @param nextNumber for the next log or snapshot
 * @param end what the next log continues
 * @param logBytes in the logs that are used
 */
record Recovery(
    RecoveryReport report,
    Watermark watermark,
    long nextNumber,
    Link end,
    long logBytes,
    long snapshotBytes) {

  /** Opens a store, and gives its records, in order, to {@code records}. */
  static Recovery of(
      Disk disk, String mapName, OnCorruption onCorruption, Consumer<byte[]> records) {
    long startNanos = System.nanoTime();
    try {
      Plan plan = Plan.of(Survey.of(disk));
      if (!plan.losses().isEmpty() && onCorruption == OnCorruption.FAIL) {
        throw damaged(disk, plan);
      }
      Replay replay = Replay.of(disk, plan, records);
      Repair repair = new Repair(disk, plan, mapName);
      repair.run();
      Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
      return repair.result(replay, duration);
    } catch (UnknownVersionException e) {
      throw new StorageException(
          String.valueOf(e.getMessage()), "Use the version that wrote it, or a later one", e);
    } catch (IOException e) {
      throw new StorageException(
          "Can't open the map's files in %s: %s".formatted(disk.location(), e),
          "Nothing was changed that is needed; check access rights, open file limit and free space,"
              + " and start again",
          e);
    }
  }

  private static StorageException damaged(Disk disk, Plan plan) {
    String losses =
        plan.losses().stream()
            .map(
                loss ->
                    "%s, bytes %d to %d: %s"
                        .formatted(loss.file(), loss.fromByte(), loss.toByte(), loss.problem()))
            .collect(Collectors.joining("; "));
    return new StorageException(
        "The map's files in %s are damaged: %s".formatted(disk.location(), losses),
        "Restore the directory from a backup; or remove it, or set"
            + " p2pmap.storage.on-corruption=recover to go on from what is verified, and the map"
            + " takes what is lost from its peers",
        null);
  }
}
