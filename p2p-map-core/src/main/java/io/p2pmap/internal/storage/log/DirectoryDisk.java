package io.p2pmap.internal.storage.log;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the file system, held exclusively while it is open. */
final class DirectoryDisk implements Disk {

  private final Path directory;
  private final DirectoryLock lock;

  private DirectoryDisk(Path directory, DirectoryLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Takes hold of a directory that is there.
   *
   * @throws DirectoryInUseException if somebody else holds it
   */
  static DirectoryDisk open(Path directory) throws IOException {
    return new DirectoryDisk(directory, DirectoryLock.acquire(directory));
  }

  @Override
  public String location() {
    return directory.toString();
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(DirectoryLock.FILE_NAME)) // nobody opens or copies it
          .sorted()
          .toList();
    }
  }

  @Override
  public DiskFile open(String name) throws IOException {
    return new ChannelFile(directory.resolve(name), READ, WRITE);
  }

  @Override
  public DiskFile create(String name) throws IOException {
    return new ChannelFile(directory.resolve(name), READ, WRITE, CREATE, TRUNCATE_EXISTING);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(directory.resolve(from), directory.resolve(to), ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  @Override
  public void forceDirectory() throws IOException {
    force(directory);
  }

  @Override
  public void destroy() throws IOException {
    Path doomed = Leftovers.doomed(directory);
    Files.move(directory, doomed, ATOMIC_MOVE); // a crash leaves all of it or nothing
    force(Directories.parent(doomed));
    Leftovers.deleteTree(doomed);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }
}
