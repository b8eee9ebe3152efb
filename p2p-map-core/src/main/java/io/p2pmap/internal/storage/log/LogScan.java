package io.p2pmap.internal.storage.log;

import java.io.IOException;

/**
 * What a log holds.
 *
 * @param size of the file
 * @param end position behind the last frame that follows the header without a gap
 * @param records in those frames
 * @param contentEnd position behind the last byte that is not a preallocated zero
 * @param recordsBehind readable ones behind {@code end}
 * @param provenBehind what marks behind {@code end} say was on disk; 0 if there are none
 */
record LogScan(
    long number,
    long size,
    FileHeader.Read header,
    long end,
    long records,
    long contentEnd,
    long recordsBehind,
    long provenBehind) {

  static LogScan of(Disk disk, long number) throws IOException {
    try (DiskFile file = disk.open(FileNames.log(number))) {
      long size = file.size();
      FileHeader.Read header = FileHeader.read(file, FileHeader.Kind.LOG, number);
      FrameReader frames = new FrameReader(file, number, size);
      long records = 0;
      while (frames.next()) {
        records += isRecord(frames);
      }
      long end = Math.min(frames.position(), size);
      long contentEnd = frames.endOfContent(end);
      return contentEnd == end
          ? new LogScan(number, size, header, end, records, end, 0, 0)
          : behind(frames, new LogScan(number, size, header, end, records, contentEnd, 0, 0));
    }
  }

  private static LogScan behind(FrameReader frames, LogScan scan) throws IOException {
    long records = 0;
    long proven = 0;
    while (frames.skipToNext()) {
      records += isRecord(frames);
      if (frames.type() == Frame.MARK) {
        proven = Math.max(proven, frames.payloadNumber());
      }
    }
    return new LogScan(
        scan.number,
        scan.size,
        scan.header,
        scan.end,
        scan.records,
        scan.contentEnd,
        records,
        proven);
  }

  private static int isRecord(FrameReader frames) {
    return frames.type() == Frame.RECORD ? 1 : 0;
  }

  String name() {
    return FileNames.log(number);
  }

  boolean hasFrames() {
    return end > FileHeader.BYTES || provenBehind > 0 || recordsBehind > 0;
  }

  long allRecords() {
    return records + recordsBehind;
  }
}
