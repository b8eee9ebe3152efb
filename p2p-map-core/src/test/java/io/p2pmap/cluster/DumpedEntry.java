package io.p2pmap.cluster;

import io.p2pmap.EntryInfo;
import io.p2pmap.ReplicatedMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An entry as a node holds it. */
public record DumpedEntry(
    String value, String writer, Instant writtenAt, @Nullable Instant expiresAt) {

  private static final int TOKENS = 5;

  static ControlLine dump(ReplicatedMap<String, String> map) {
    List<@Nullable Object> tokens = new ArrayList<>();
    for (String key : map.asMap().keySet()) {
      map.entry(key).ifPresent(entry -> add(entry, tokens));
    }
    return ControlLine.of(tokens.toArray());
  }

  private static void add(EntryInfo<String, String> entry, List<@Nullable Object> tokens) {
    tokens.add(entry.key());
    tokens.add(entry.value());
    tokens.add(entry.writer());
    tokens.add(entry.writtenAt());
    tokens.add(entry.expiresAt());
  }

  static SortedMap<String, DumpedEntry> parse(ControlLine line) {
    SortedMap<String, DumpedEntry> entries = new TreeMap<>();
    for (int i = 0; i + TOKENS <= line.size(); i += TOKENS) {
      entries.put(
          line.text(i),
          new DumpedEntry(
              line.text(i + 1),
              line.text(i + 2),
              Instant.parse(line.text(i + 3)),
              instant(line.at(i + 4))));
    }
    return entries;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }
}
