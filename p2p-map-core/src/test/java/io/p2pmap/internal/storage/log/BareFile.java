package io.p2pmap.internal.storage.log;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the disk can do at best, if every record is forced by itself. */
public final class BareFile {

  private BareFile() {}

  /** Appends records and forces each, for a while; returns how many a second. */
  public static double forcesPerSecond(Path directory, int recordBytes, Duration time)
      throws IOException {
    Path path = directory.resolve("bare");
    try (FileChannel file = FileChannel.open(path, CREATE, WRITE, APPEND)) {
      ByteBuffer record = ByteBuffer.allocateDirect(recordBytes);
      long count = 0;
      long start = System.nanoTime();
      while (System.nanoTime() - start < time.toNanos()) {
        file.write(record.clear());
        file.force(false);
        count++;
      }
      double perSecond = count * 1e9 / (System.nanoTime() - start);
      Campaigns.report("bare append and force: %,.0f/s".formatted(perSecond));
      return perSecond;
    } finally {
      Files.deleteIfExists(path);
    }
  }
}
