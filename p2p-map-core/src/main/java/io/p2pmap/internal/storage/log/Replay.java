package io.p2pmap.internal.storage.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives the records of a plan away, in order.
 *
 * @param files read
 * @param records given
 * @param bytes of those records
 */
record Replay(List<String> files, long records, long bytes) {

  static Replay of(Disk disk, Plan plan, Consumer<byte[]> records) throws IOException {
    Counting target = new Counting(records);
    List<String> files = new ArrayList<>();
    SnapshotScan base = plan.survey().base();
    if (base != null) {
      files.add(base.name());
      replay(disk, base.name(), base.number(), base.size(), target);
    }
    for (Plan.Part part : plan.parts()) {
      files.add(part.log().name());
      replay(disk, part.log().name(), part.log().number(), part.length(), target);
    }
    return new Replay(files, target.records, target.bytes);
  }

  private static void replay(
      Disk disk, String name, long number, long length, Consumer<byte[]> records)
      throws IOException {
    try (DiskFile file = disk.open(name)) {
      FrameReader frames = new FrameReader(file, number, length);
      while (frames.next()) {
        if (frames.type() == Frame.RECORD) {
          records.accept(frames.payload());
        }
      }
      if (frames.position() != length) {
        throw new IOException(
            "%s changed while it was read, at byte %d".formatted(name, frames.position()));
      }
    }
  }

  private static final class Counting implements Consumer<byte[]> {

    private final Consumer<byte[]> target;
    private long records;
    private long bytes;

    Counting(Consumer<byte[]> target) {
      this.target = target;
    }

    @Override
    public void accept(byte[] record) {
      records++;
      bytes += record.length;
      target.accept(record);
    }
  }
}
