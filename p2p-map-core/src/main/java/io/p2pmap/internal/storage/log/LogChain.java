package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.log.FileHeader.Link;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The logs since the last snapshot, the last of which is being written. A log is made when its
 * first record is. After an exception nothing may be written before {@link #continueSnapshot}.
 *
 * <p>Threading: one thread at a time.
 */
final class LogChain {

  private static final Logger LOG = LoggerFactory.getLogger(LogChain.class);
  private static final int WRITE_BYTES = 1024 * 1024;

  private final Disk disk;
  private final Watermark watermark;
  private final Tuning tuning;
  private final FrameEncoder frames = new FrameEncoder();
  private @Nullable LogFile current;

  /** What is on disk for certain. */
  private Link end;

  private long nextNumber;
  private long bytes;
  private boolean isWatermarkBroken;

  LogChain(Disk disk, Recovery recovery, Tuning tuning) {
    this.disk = disk;
    this.watermark = recovery.watermark();
    this.tuning = tuning;
    this.end = recovery.end();
    this.nextNumber = recovery.nextNumber();
    this.bytes = recovery.logBytes();
  }

  /** Writes and forces; returns how many bytes. */
  long commit(List<byte[]> records) throws IOException {
    LogFile log = current != null ? current : create();
    long before = log.length();
    frames.begin(log.number(), before).addNumber(Frame.MARK, before);
    for (byte[] record : records) {
      if (frames.bytes() + record.length > WRITE_BYTES) {
        log.write(frames.encoded());
        frames.begin(log.number(), log.length());
      }
      frames.add(Frame.RECORD, record);
    }
    log.write(frames.encoded());
    log.force();
    long written = log.length() - before;
    bytes += written;
    advanceTo(log);
    return written;
  }

  private LogFile create() throws IOException {
    LogFile log = LogFile.create(disk, nextNumber++, end, tuning);
    current = log;
    bytes += log.length();
    advanceTo(log);
    return log;
  }

  private void advanceTo(LogFile log) {
    end = new Link(log.number(), log.length());
    try {
      watermark.write(log.number(), log.length());
    } catch (IOException e) {
      if (!isWatermarkBroken) { // it only helps to tell damage from a crash
        LOG.warn("Can't write the watermark in {}; it goes on without", disk.location(), e);
      }
      isWatermarkBroken = true;
    }
  }

  /** Ends the current log; returns the number for the snapshot of everything so far. */
  long roll() throws IOException {
    finish();
    return nextNumber;
  }

  /** Snapshot {@code number} is complete: it replaces {@code replacedBytes} of logs. */
  void replaceBy(long number, long replacedBytes) {
    nextNumber = Math.max(nextNumber, number + 1);
    bytes -= replacedBytes;
  }

  /** Starts again behind a snapshot that has everything in it, in a new log. */
  void continueSnapshot(long number) throws IOException {
    nextNumber = Math.max(nextNumber, number + 1);
    end = Link.snapshot(number);
    bytes = 0;
    create();
  }

  /** Gives up the current log after a failure. */
  void abandon() {
    if (current != null) {
      boolean isEnd = end.number() == current.number();
      current.abandon(isEnd ? end.length() : FileHeader.BYTES);
      current = null;
    }
  }

  /** Length of all logs that no snapshot replaces. */
  long bytes() {
    return bytes;
  }

  /** Ends the current log. */
  void finish() throws IOException {
    LogFile log = current;
    if (log != null) {
      current = null;
      log.finish();
    }
  }

  /** Releases everything. */
  void close() throws IOException {
    try (watermark) {
      finish();
      watermark.force();
    }
  }
}
