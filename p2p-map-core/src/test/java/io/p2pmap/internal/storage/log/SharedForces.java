package io.p2pmap.internal.storage.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What threads that share forces can do at best: one thread writes and forces what the others
 * appended, and wakes them. The file is full of zeros before, and written from its start again and
 * again; the records have no content.
 *
 * <p>Threading: any thread.
 */
public final class SharedForces implements AutoCloseable {

  private static final int FILE_BYTES = 64 * 1024 * 1024;

  private final Path path;
  private final FileChannel file;
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(FILE_BYTES / 64);
  private final int recordBytes;
  private final Thread thread = new Thread(this::run, "p2pmap-shared-forces");

  @GuardedBy("this")
  private List<Thread> waiting = new ArrayList<>();

  @GuardedBy("this")
  private long appended;

  private volatile long durable;
  private volatile boolean isClosed;
  private int offset; // confined to the thread

  private SharedForces(Path path, FileChannel file, int recordBytes) {
    this.path = path;
    this.file = file;
    this.recordBytes = recordBytes;
    thread.setDaemon(true);
  }

  /** Begins a file in {@code directory}. */
  public static SharedForces open(Path directory, int recordBytes) throws IOException {
    Path path = directory.resolve("shared");
    SharedForces opened =
        new SharedForces(path, FileChannel.open(path, CREATE, WRITE), recordBytes);
    for (int at = 0; at < FILE_BYTES; at += opened.zeros.capacity()) {
      opened.file.write(opened.zeros.clear(), at);
    }
    opened.file.force(true);
    opened.thread.start();
    return opened;
  }

  /** Returns when a record is on disk. */
  public void append() {
    boolean isFirst;
    long position;
    synchronized (this) {
      isFirst = waiting.isEmpty();
      waiting.add(Thread.currentThread());
      position = ++appended;
    }
    if (isFirst) {
      LockSupport.unpark(thread);
    }
    while (durable < position) {
      LockSupport.park(this);
    }
  }

  private record Batch(List<Thread> threads, long end) {}

  private synchronized Batch take() {
    Batch taken = new Batch(waiting, appended);
    waiting = new ArrayList<>();
    return taken;
  }

  private void run() {
    while (!isClosed) {
      Batch batch = take();
      if (batch.threads().isEmpty()) {
        LockSupport.park(this);
      } else {
        force(batch.threads().size() * recordBytes);
        durable = batch.end();
        batch.threads().forEach(LockSupport::unpark);
      }
    }
  }

  private void force(int bytes) {
    try {
      offset = offset + bytes > FILE_BYTES ? 0 : offset;
      offset += file.write(zeros.clear().limit(bytes), offset);
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    file.close();
    Files.delete(path);
  }
}
