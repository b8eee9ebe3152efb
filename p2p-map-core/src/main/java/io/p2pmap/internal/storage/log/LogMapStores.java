package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.MapStore;
import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.StorageException;
import io.p2pmap.internal.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/** The stores of one node as directories, one a map, in a directory of the node. */
public final class LogMapStores implements MapStores {

  private final Path directory;
  private final StorageSettings settings;
  private final Tuning tuning;

  private LogMapStores(Path directory, StorageSettings settings, Tuning tuning) {
    this.directory = directory;
    this.settings = settings;
    this.tuning = tuning;
  }

  /**
   * The stores of {@code nodeName} under {@code root}. Nothing is made or read before one is
   * opened.
   */
  public static LogMapStores of(Path root, String nodeName, StorageSettings settings) {
    return of(root, nodeName, settings, Tuning.of(settings.lazyForce()));
  }

  static LogMapStores of(Path root, String nodeName, StorageSettings settings, Tuning tuning) {
    return new LogMapStores(root.resolve(NameEscape.fileName(nodeName)), settings, tuning);
  }

  @Override
  public MapStore open(String mapName, Consumer<byte[]> records) {
    Path path = directory(mapName);
    return inDirectory(
        path,
        () -> {
          makeIfMissing(path, mapName);
          DirectoryDisk disk = DirectoryDisk.open(path);
          try {
            Recovery recovery = Recovery.of(disk, mapName, settings.onCorruption(), records);
            return new LogMapStore(mapName, disk, recovery, tuning);
          } catch (RuntimeException | Error e) {
            disk.close();
            throw e;
          }
        });
  }

  @Override
  public void delete(String mapName) {
    Path path = directory(mapName);
    inDirectory(
        path,
        () -> {
          if (Files.exists(path)) {
            try (DirectoryDisk disk = DirectoryDisk.open(path)) {
              disk.destroy();
            }
          }
          return path;
        });
  }

  private Path directory(String mapName) {
    return directory.resolve(NameEscape.fileName(mapName));
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> T inDirectory(Path path, Work<T> work) {
    boolean wasInterrupted = Thread.interrupted(); // an interrupt would close the files
    try {
      return work.run();
    } catch (DirectoryInUseException e) {
      throw new StorageException(
          String.valueOf(e.getMessage()),
          "Stop the other one, or give each node a node name or storage directory of its own",
          e);
    } catch (IOException e) {
      throw new StorageException(
          "Can't use the directory %s: %s".formatted(path, e),
          "Check access rights and free space, or set p2pmap.storage.directory",
          e);
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * A directory is complete from the moment it has its name: if files are missing, it lost them.
   */
  private static void makeIfMissing(Path path, String mapName) throws IOException {
    Path parent = Directories.parent(path);
    Directories.createForced(parent);
    Leftovers.deleteDoomed(parent);
    if (Files.exists(path)) {
      return;
    }
    Path unfinished = Leftovers.unfinished(path);
    Files.createDirectory(unfinished);
    try {
      try (DirectoryDisk disk = DirectoryDisk.open(unfinished)) {
        StoreFiles.create(disk, mapName);
      }
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      DirectoryDisk.force(parent);
    } catch (IOException | RuntimeException | Error e) {
      Leftovers.deleteTree(unfinished);
      if (!Files.exists(path)) { // or somebody else was faster
        throw e;
      }
    }
  }
}
