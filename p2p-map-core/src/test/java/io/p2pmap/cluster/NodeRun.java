package io.p2pmap.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a node, from its launch to its end or to the end of the test.
 *
 * @param name of the node, with the number of the run
 * @param contents of its map at the end of the test; null if it had ended before
 */
record NodeRun(
    String name, List<HistoryRecord> records, @Nullable SortedMap<String, DumpedEntry> contents) {

  NodeRun {
    records = List.copyOf(records);
  }

  static NodeRun read(
      String name, Path history, @Nullable SortedMap<String, DumpedEntry> contents) {
    try (Stream<String> lines = Files.lines(history, StandardCharsets.UTF_8)) {
      return new NodeRun(
          name, lines.map(HistoryRecord::parse).flatMap(Optional::stream).toList(), contents);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return contents != null;
  }

  /** Records of one kind, in order. */
  <T extends HistoryRecord> List<T> all(Class<T> kind) {
    return records.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The first word of the key's value at the end, or null. */
  @Nullable String finalValue(String key) {
    DumpedEntry entry = contents == null ? null : contents.get(key);
    return entry == null ? null : HistoryWriter.firstWord(entry.value());
  }
}
