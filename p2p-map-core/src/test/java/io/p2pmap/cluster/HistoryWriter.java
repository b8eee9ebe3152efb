package io.p2pmap.cluster;

import io.p2pmap.MapEvent;
import io.p2pmap.MapListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a node does and is told; each line leaves the process before the next step, so
 * that a kill loses none. Of a value only its first word is kept, which makes it unique.
 *
 * <p>Threading: any thread.
 */
final class HistoryWriter implements MapListener<String, String> {

  private final Path file;
  private Writer out;

  HistoryWriter(Path file) {
    this.file = file;
    this.out = open(file);
  }

  private static Writer open(Path file) {
    try {
      return Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins anew; only while nothing happens, and the map is empty as it was at the beginning. */
  synchronized void restart() throws IOException {
    out.close();
    out = open(file);
  }

  synchronized void write(HistoryRecord record) {
    try {
      out.write(record.toLine());
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static @Nullable String firstWord(@Nullable String value) {
    return value == null ? null : value.split(" ", 2)[0];
  }

  @Override
  public void onEvent(MapEvent<String, String> event) {
    @Nullable String value = null;
    @Nullable String previous = null;
    if (event instanceof MapEvent.Put<String, String> put) {
      value = put.value();
      previous = put.previousValue();
    } else if (event instanceof MapEvent.Removed<String, String> removed) {
      previous = removed.previousValue();
    }
    write(
        new HistoryRecord.Event(
            event.key(),
            firstWord(value),
            firstWord(previous),
            event.origin() == MapEvent.Origin.LOCAL,
            event.writtenAt().toEpochMilli(),
            System.currentTimeMillis()));
  }
}
