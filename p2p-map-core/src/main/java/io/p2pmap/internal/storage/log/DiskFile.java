package io.p2pmap.internal.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. */
interface DiskFile extends AutoCloseable {

  long size() throws IOException;

  /** Reads until {@code target} is full or the file ends. */
  void read(ByteBuffer target, long position) throws IOException;

  /** Writes all of {@code source}; behind the end, the file grows. */
  void write(ByteBuffer source, long position) throws IOException;

  /** Cuts the file off. */
  void truncate(long size) throws IOException;

  /** Returns when all that was written is on disk, and the length, too. */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
