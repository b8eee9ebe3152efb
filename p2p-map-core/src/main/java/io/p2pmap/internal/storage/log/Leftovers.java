package io.p2pmap.internal.storage.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Directories that are being made or removed; a crash leaves them behind, and nobody needs them.
 */
final class Leftovers {

  // No escaped name begins with a dot.
  private static final String UNFINISHED = ".new-";
  private static final String DOOMED = ".deleted-";

  private Leftovers() {}

  /** A name for {@code directory} until it is finished. */
  static Path unfinished(Path directory) {
    return sibling(directory, UNFINISHED);
  }

  /** A name for {@code directory} while it is being removed. */
  static Path doomed(Path directory) {
    return sibling(directory, DOOMED);
  }

  private static Path sibling(Path directory, String prefix) {
    return directory.resolveSibling(prefix + UUID.randomUUID());
  }

  /** Finishes every removal in {@code parent} that a crash cut short. */
  static void deleteDoomed(Path parent) throws IOException {
    try (DirectoryStream<Path> doomed = Files.newDirectoryStream(parent, DOOMED + "*")) {
      for (Path directory : doomed) {
        deleteTree(directory);
      }
    }
  }

  /** Removes a directory; somebody else may be doing that at the same time. */
  static void deleteTree(Path directory) throws IOException {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        if (Files.isDirectory(path)) {
          deleteTree(path);
        } else {
          Files.deleteIfExists(path);
        }
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(directory);
  }
}
