package io.p2pmap.internal.storage.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes directories that are there after a power cut. */
final class Directories {

  private Directories() {}

  /** Makes {@code directory}, and those around it, where missing. */
  static void createForced(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = parent(directory);
    createForced(parent);
    Files.createDirectories(directory); // a link to a directory will do, too
    DirectoryDisk.force(parent);
  }

  static Path parent(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException(path + " has no parent directory");
    }
    return parent;
  }
}
