package io.p2pmap.cluster;

import io.p2pmap.ReplicatedMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writers that never end: each counts up what it did to a key of its own, and removes the key at
 * every fourth step. What was acknowledged is noted in memory that is mapped from a file, and so
 * survives the end of the process.
 *
 * @param prefix of the writers' keys
 * @param done per writer the number of its last acknowledged step
 */
record AcknowledgedWork(String prefix, LongBuffer done) {

  static final int WRITERS = 4;

  private static final int STEPS_A_REMOVAL = 4;
  private static final String FILLING = "x".repeat(2_000); // so that snapshots are due

  /** The work that {@code file} tells of; new if there is no such file. */
  static AcknowledgedWork of(String prefix, Path file) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      LongBuffer done =
          channel.map(MapMode.READ_WRITE, 0, (long) WRITERS * Long.BYTES).asLongBuffer();
      return new AcknowledgedWork(prefix, done);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** map, prefix, file: goes on with the work, behind what the map was verified to hold of it. */
  static void start(ReplicatedMap<String, String> map, ControlLine arguments) {
    AcknowledgedWork work = of(arguments.text(1), Path.of(arguments.text(2)));
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      long first = work.done.get(writer) + 1;
      Thread thread = new Thread(() -> work.count(map, writer, first), "writer-" + writer);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void count(ReplicatedMap<String, String> map, int writer, long first) {
    for (long step = first; ; step++) {
      if (step % STEPS_A_REMOVAL == 0) {
        map.remove(key(writer));
      } else {
        map.put(key(writer), step + FILLING);
      }
      done.put(writer, step);
    }
  }

  private String key(int writer) {
    return prefix + "-" + writer;
  }

  /** How many steps all writers have done. */
  long sum() {
    long sum = 0;
    for (int writer = 0; writer < WRITERS; writer++) {
      sum += done.get(writer);
    }
    return sum;
  }

  /**
   * The step of a writer that a map shows: the last acknowledged one, or the one that was under
   * way.
   *
   * @throws AssertionError if the map shows neither
   */
  private long stepOf(int writer, Function<String, @Nullable String> map) {
    long acknowledged = done.get(writer);
    String found = map.apply(key(writer));
    for (long step = acknowledged; step <= acknowledged + 1; step++) {
      boolean isRemoved = step % STEPS_A_REMOVAL == 0;
      if (isRemoved ? found == null : (step + FILLING).equals(found)) {
        return step;
      }
    }
    throw new AssertionError(
        "Key %s was acknowledged at step %d, but the map has '%.20s…'"
            .formatted(key(writer), acknowledged, found));
  }

  /** Checks that a map has everything that was acknowledged; what it has now, it has to keep. */
  void verify(Function<String, @Nullable String> map) {
    for (int writer = 0; writer < WRITERS; writer++) {
      done.put(writer, stepOf(writer, map));
    }
  }
}
