package io.p2pmap.internal.storage.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive hold of a directory, against other processes and within this one.
 *
 * <p>On POSIX systems a process loses its lock on a file when it closes any handle of that file. So
 * a second attempt in this JVM, even from a copy of this class in another class loader, must not as
 * much as open the lock file: who holds what is kept in the system properties.
 */
final class DirectoryLock implements AutoCloseable {

  static final String FILE_NAME = "LOCK";

  private static final String PROPERTY_PREFIX = "io.p2pmap.storage.open.";

  private final String property;
  private final FileChannel channel;

  private DirectoryLock(String property, FileChannel channel) {
    this.property = property;
    this.channel = channel;
  }

  static DirectoryLock acquire(Path directory) throws IOException {
    Path real = directory.toRealPath();
    String property = PROPERTY_PREFIX + real;
    if (System.getProperties().putIfAbsent(property, "") != null) {
      throw new DirectoryInUseException(directory + " is already open in this process");
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(real.resolve(FILE_NAME), CREATE, WRITE);
      if (tryLock(channel) == null) {
        throw new DirectoryInUseException(directory + " is open in another process");
      }
      return new DirectoryLock(property, channel);
    } catch (IOException | RuntimeException | Error e) {
      release(property, channel);
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void release(String property, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      System.getProperties().remove(property);
    }
  }

  @Override
  public void close() throws IOException {
    release(property, channel);
  }
}
