package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.log.FileHeader.Link;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A log that is being written. It grows in steps of zeros ahead of its content: a force that
 * needn't record a new length is a third cheaper.
 *
 * <p>Threading: one thread at a time.
 */
final class LogFile {

  private static final int ZEROS_BYTES = 64 * 1024;
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(ZEROS_BYTES).asReadOnlyBuffer();

  private final DiskFile file;
  private final long number;
  private final Tuning tuning;
  private long length;
  private long allocated;

  private LogFile(DiskFile file, long number, Tuning tuning) {
    this.file = file;
    this.number = number;
    this.tuning = tuning;
  }

  /** Makes a log, which is on disk when this returns. */
  static LogFile create(Disk disk, long number, Link previous, Tuning tuning) throws IOException {
    LogFile log = new LogFile(disk.create(FileNames.log(number)), number, tuning);
    try {
      log.write(FileHeader.log(number, previous).encode());
      log.force();
      disk.forceDirectory();
      return log;
    } catch (IOException | RuntimeException | Error e) {
      log.file.close();
      throw e;
    }
  }

  /** Writes behind what is there; not forced. */
  void write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    if (length + count > allocated) {
      allocated = Math.max(allocated, length);
      preallocate(length + count);
    }
    file.write(bytes, length);
    length += count;
    allocated = Math.max(allocated, length);
  }

  private void preallocate(long needed) {
    long step = Math.max(tuning.minPreallocationBytes(), length / 2);
    long target = needed + Math.min(tuning.maxPreallocationBytes(), step);
    try {
      while (allocated < target) {
        int count = (int) Math.min(ZEROS_BYTES, target - allocated);
        file.write(ZEROS.slice(0, count), allocated);
        allocated += count;
      }
    } catch (IOException e) {
      allocated = Long.MAX_VALUE; // the disk is almost full; what the content needs may still fit
    }
  }

  void force() throws IOException {
    file.force();
  }

  long number() {
    return number;
  }

  long length() {
    return length;
  }

  /** Gives back the space that was not needed, and closes. */
  void finish() throws IOException {
    try (file) {
      if (allocated > length) {
        file.truncate(length);
      }
    }
  }

  /** Closes after a failure; tries to cut off what may not be on disk, which frees space, too. */
  void abandon(long forcedLength) {
    try (file) {
      file.truncate(forcedLength);
    } catch (IOException e) {
      // The failure itself has been reported, and nobody relies on this file's end.
    }
  }
}
