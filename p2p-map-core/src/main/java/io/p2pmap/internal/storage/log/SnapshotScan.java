package io.p2pmap.internal.storage.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot holds. It counts as a whole or not at all.
 *
 * @param size of the file
 * @param records in the frames before the first bad byte
 * @param end position of the first bad byte
 * @param problem what is wrong with it, or null
 */
record SnapshotScan(
    long number,
    long size,
    FileHeader.Read header,
    long records,
    long end,
    @Nullable String problem) {

  static SnapshotScan of(Disk disk, long number) throws IOException {
    try (DiskFile file = disk.open(FileNames.snapshot(number))) {
      long size = file.size();
      FileHeader.Read header = FileHeader.read(file, FileHeader.Kind.SNAPSHOT, number);
      if (header.header() == null) {
        return new SnapshotScan(number, size, header, 0, 0, "its header is damaged");
      }
      FrameReader frames = new FrameReader(file, number, size);
      long records = 0;
      while (frames.next() && frames.type() == Frame.RECORD) {
        records++;
      }
      boolean isComplete =
          frames.position() == size
              && frames.type() == Frame.END
              && frames.payloadNumber() == records;
      String problem = isComplete ? null : "it is damaged or cut off there";
      return new SnapshotScan(number, size, header, records, frames.position(), problem);
    }
  }

  String name() {
    return FileNames.snapshot(number);
  }

  boolean isValid() {
    return problem == null;
  }
}
