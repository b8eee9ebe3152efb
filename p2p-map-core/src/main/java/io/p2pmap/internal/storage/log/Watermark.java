package io.p2pmap.internal.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How far the newest log is on disk, in a file of its own. It is written after every force and not
 * forced itself: it survives the end of the process, and after a power cut it may only be older
 * than the truth. It is what tells a cut or damaged end of the log from a write that was never
 * finished.
 *
 * <p>Two slots, written in turn, each in a disk sector of its own.
 *
 * <p>Threading: one thread at a time.
 */
final class Watermark implements AutoCloseable {

  private static final int SECTOR_BYTES = 512;
  private static final int SLOTS = 2;
  private static final int CHECKSUM_AT = 24;
  private static final int SLOT_BYTES = CHECKSUM_AT + Integer.BYTES;

  private final DiskFile file;
  private final ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
  private long generation;

  private Watermark(DiskFile file, long generation) {
    this.file = file;
    this.generation = generation;
  }

  /** What the file says. */
  record Found(long generation, long log, long length) {}

  /** Makes the file, and forces it. */
  static Watermark create(Disk disk, long log, long length) throws IOException {
    Watermark watermark = new Watermark(disk.create(FileNames.WATERMARK), 0);
    ByteBuffer empty = ByteBuffer.allocate((1 + SLOTS) * SECTOR_BYTES);
    empty.put(FileHeader.watermark().encode()).rewind();
    watermark.file.write(empty, 0);
    watermark.write(log, length);
    watermark.write(log, length);
    watermark.force();
    return watermark;
  }

  /** Opens the file to go on behind what was found in it. */
  static Watermark open(Disk disk, Found found) throws IOException {
    return new Watermark(disk.open(FileNames.WATERMARK), found.generation());
  }

  /** Reads the file; null if no slot is valid. Adds what is wrong with it to {@code warnings}. */
  static @Nullable Found read(DiskFile file, List<String> warnings) throws IOException {
    Found newest = null;
    for (int i = 0; i < SLOTS; i++) {
      Found found = readSlot(file, i);
      if (found == null) {
        warnings.add("%s: slot %d is damaged".formatted(FileNames.WATERMARK, i));
      } else if (newest == null || found.generation() > newest.generation()) {
        newest = found;
      }
    }
    return newest;
  }

  private static @Nullable Found readSlot(DiskFile file, int index) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SLOT_BYTES);
    file.read(bytes, position(index));
    if (bytes.hasRemaining() || bytes.getInt(CHECKSUM_AT) != checksum(bytes)) {
      return null;
    }
    return new Found(bytes.getLong(0), bytes.getLong(8), bytes.getLong(16));
  }

  void write(long log, long length) throws IOException {
    generation++;
    slot.clear().putLong(generation).putLong(log).putLong(length);
    slot.putInt(checksum(slot)).flip();
    file.write(slot, position((int) (generation % SLOTS)));
  }

  void force() throws IOException {
    file.force();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static long position(int index) {
    return (1L + index) * SECTOR_BYTES;
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, CHECKSUM_AT);
    return (int) crc.getValue();
  }
}
