package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.log.FileHeader.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The files that every store has from its beginning: without them, something is missing. */
final class StoreFiles {

  private static final long FIRST_LOG = 1;

  private StoreFiles() {}

  /** Makes an empty store, and forces it. */
  static void create(Disk disk, String mapName) throws IOException {
    Link end = createFirstLog(disk, FIRST_LOG);
    Watermark.create(disk, end.number(), end.length()).close();
    createMarker(disk, mapName);
    disk.forceDirectory();
  }

  /** Makes the log that an empty map begins with. */
  static Link createFirstLog(Disk disk, long number) throws IOException {
    try (DiskFile file = disk.create(FileNames.log(number))) {
      file.write(FileHeader.log(number, Link.beginning()).encode(), 0);
      file.force();
    }
    return new Link(number, FileHeader.BYTES);
  }

  /** Makes the file that tells people whose directory it is, and this library that it had files. */
  static void createMarker(Disk disk, String mapName) throws IOException {
    String text = "p2p-map, format version %d\nmap: %s\n".formatted(FileHeader.VERSION, mapName);
    try (DiskFile file = disk.create(FileNames.MARKER)) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      file.force();
    }
  }
}
