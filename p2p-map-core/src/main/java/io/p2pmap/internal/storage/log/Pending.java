package io.p2pmap.internal.storage.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;

/**
 * Records that were appended and not yet written, and the position of the last of them. Nothing
 * here blocks or takes longer than a moment.
 *
 * <p>Threading: any thread.
 */
final class Pending {

  private final long maxBytes;

  @GuardedBy("this")
  private List<byte[]> records = new ArrayList<>();

  @GuardedBy("this")
  private List<byte[]> beforeInstant = List.of();

  @GuardedBy("this")
  private long bytes;

  @GuardedBy("this")
  private long position;

  @GuardedBy("this")
  private long instant;

  @GuardedBy("this")
  private boolean isDiscarding;

  @GuardedBy("this")
  private boolean hasOverflowed;

  Pending(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * What an append did.
   *
   * @param position of the record
   * @param bytesBefore pending before it
   * @param bytes pending now
   */
  record Appended(long position, long bytesBefore, long bytes) {}

  synchronized Appended append(byte[] record) {
    position++;
    long before = bytes;
    if (!isDiscarding) {
      records.add(record);
      bytes += Frame.HEADER_BYTES + record.length;
    }
    if (bytes > maxBytes) {
      hasOverflowed = true;
      discard();
    }
    return new Appended(position, before, bytes);
  }

  /** Takes all records. */
  synchronized List<byte[]> take() {
    List<byte[]> taken = records;
    records = new ArrayList<>();
    bytes = 0;
    return taken;
  }

  /** Drops all records, and those to come until {@link #markInstant}. */
  synchronized void discard() {
    records = new ArrayList<>();
    beforeInstant = List.of();
    bytes = 0;
    isDiscarding = true;
  }

  /** Divides the records: a snapshot covers all that were appended so far. */
  synchronized void markInstant() {
    beforeInstant = records;
    records = new ArrayList<>();
    bytes = 0;
    instant = position;
    isDiscarding = false;
  }

  /** Takes the records before the last instant. */
  synchronized List<byte[]> takeBeforeInstant() {
    List<byte[]> taken = beforeInstant;
    beforeInstant = List.of();
    return taken;
  }

  /** Position of the last record before the last instant. */
  synchronized long instant() {
    return instant;
  }

  /** Whether records were dropped because there were too many; forgets it. */
  synchronized boolean takeOverflow() {
    boolean had = hasOverflowed;
    hasOverflowed = false;
    return had;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized boolean isEmpty() {
    return records.isEmpty();
  }

  synchronized long position() {
    return position;
  }
}
