package io.p2pmap.internal.storage.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Writes a snapshot in slices, each of which is forced, so that the forces of the log between them
 * don't have to wait for much.
 *
 * <p>Threading: one thread at a time.
 */
final class SnapshotWriter {

  private final Disk disk;
  private final long number;
  private final Iterator<byte[]> records;
  private final int sliceBytes;
  private final DiskFile file;
  private final FrameEncoder frames = new FrameEncoder();
  private long length;
  private long count;

  private SnapshotWriter(
      Disk disk, long number, Iterator<byte[]> records, int sliceBytes, DiskFile file) {
    this.disk = disk;
    this.number = number;
    this.records = records;
    this.sliceBytes = sliceBytes;
    this.file = file;
  }

  static SnapshotWriter begin(Disk disk, long number, Iterator<byte[]> records, int sliceBytes)
      throws IOException {
    DiskFile file = disk.create(unfinishedName(number));
    SnapshotWriter writer = new SnapshotWriter(disk, number, records, sliceBytes, file);
    try {
      file.write(FileHeader.snapshot(number).encode(), 0);
    } catch (IOException | RuntimeException | Error e) {
      writer.abort();
      throw e;
    }
    writer.length = FileHeader.BYTES;
    return writer;
  }

  /** Writes the next slice; returns whether the snapshot is complete, on disk and in place. */
  boolean writeSlice() throws IOException {
    frames.begin(number, length);
    while (frames.bytes() < sliceBytes && records.hasNext()) {
      frames.add(Frame.RECORD, records.next());
      count++;
    }
    boolean isLast = !records.hasNext();
    if (isLast) {
      frames.addNumber(Frame.END, count);
    }
    int written = frames.bytes();
    file.write(frames.encoded(), length);
    file.force();
    length += written;
    if (isLast) {
      file.close();
      disk.rename(unfinishedName(number), FileNames.snapshot(number));
      disk.forceDirectory(); // before anything older is deleted
    }
    return isLast;
  }

  /** Removes what was written. */
  void abort() {
    try {
      file.close();
      disk.delete(unfinishedName(number));
    } catch (IOException e) {
      // Opening the store removes it.
    }
  }

  /** Names of the logs and snapshots that snapshot {@code number} replaces. */
  static List<String> replaced(Disk disk, long number) throws IOException {
    List<String> names = disk.list();
    List<String> replaced = new ArrayList<>();
    FileNames.logs(names).headSet(number).forEach(log -> replaced.add(FileNames.log(log)));
    FileNames.snapshots(names)
        .headSet(number)
        .forEach(snapshot -> replaced.add(FileNames.snapshot(snapshot)));
    return replaced;
  }

  long number() {
    return number;
  }

  long length() {
    return length;
  }

  private static String unfinishedName(long number) {
    return FileNames.unfinished(FileNames.snapshot(number));
  }
}
