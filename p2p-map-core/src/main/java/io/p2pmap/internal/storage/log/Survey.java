package io.p2pmap.internal.storage.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a store's files say. Taking it changes nothing.
 *
 * @param names of all files
 * @param damagedSnapshots newer than the base
 * @param base newest valid snapshot
 * @param logs not replaced by the base, ascending
 * @param warnings about side files
 */
record Survey(
    List<String> names,
    List<SnapshotScan> damagedSnapshots,
    @Nullable SnapshotScan base,
    List<LogScan> logs,
    Watermark.@Nullable Found watermark,
    List<String> warnings) {

  /**
   * Reads all files.
   *
   * @throws IOException if one can't be read
   * @throws UnknownVersionException if a later version wrote one
   */
  static Survey of(Disk disk) throws IOException {
    List<String> names = disk.list();
    List<String> warnings = new ArrayList<>();
    List<SnapshotScan> damaged = new ArrayList<>();
    SnapshotScan base = null;
    for (long number : FileNames.snapshots(names).descendingSet()) {
      SnapshotScan scan = SnapshotScan.of(disk, number);
      requireKnownVersion(disk, scan.name(), scan.header());
      if (scan.isValid()) {
        base = scan;
        break;
      }
      damaged.add(scan);
    }
    List<LogScan> logs = new ArrayList<>();
    for (long number : FileNames.logs(names).tailSet(base == null ? 0 : base.number())) {
      LogScan scan = LogScan.of(disk, number);
      requireKnownVersion(disk, scan.name(), scan.header());
      logs.add(scan);
    }
    Watermark.Found watermark = readWatermark(disk, names, warnings);
    if (!names.contains(FileNames.MARKER)) {
      warnings.add("%s is missing".formatted(FileNames.MARKER));
    }
    return new Survey(names, damaged, base, logs, watermark, warnings);
  }

  private static Watermark.@Nullable Found readWatermark(
      Disk disk, List<String> names, List<String> warnings) throws IOException {
    if (!names.contains(FileNames.WATERMARK)) {
      return null;
    }
    try (DiskFile file = disk.open(FileNames.WATERMARK)) {
      FileHeader.Read header = FileHeader.read(file, FileHeader.Kind.WATERMARK, 0);
      requireKnownVersion(disk, FileNames.WATERMARK, header);
      if (header.header() == null) {
        warnings.add("%s: its header is damaged".formatted(FileNames.WATERMARK));
      }
      return Watermark.read(file, warnings);
    }
  }

  private static void requireKnownVersion(Disk disk, String name, FileHeader.Read header)
      throws UnknownVersionException {
    if (header.isFromTheFuture()) {
      throw new UnknownVersionException(
          "%s in %s has format version %d, but this library knows only %d"
              .formatted(name, disk.location(), header.version(), FileHeader.VERSION));
    }
  }

  boolean hasWatermark() {
    return names.contains(FileNames.WATERMARK);
  }

  /** How much of a log was on disk for certain, as far as is known without its successor. */
  long provenLength(LogScan log) {
    long marked = watermark != null && watermark.log() == log.number() ? watermark.length() : 0;
    return Math.max(marked, log.provenBehind());
  }

  /** Number of the base, 0 if there is none. */
  long baseNumber() {
    return base == null ? 0 : base.number();
  }

  /** A number that was never used. */
  long unusedNumber() {
    long marked = watermark == null ? 0 : watermark.log();
    return Math.max(FileNames.highestNumber(names), marked) + 1;
  }
}
