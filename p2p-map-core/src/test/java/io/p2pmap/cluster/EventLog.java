package io.p2pmap.cluster;

import io.p2pmap.MapEvent;
import io.p2pmap.MapListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A listener that keeps what it was told. Threading: any thread. */
final class EventLog implements MapListener<String, String> {

  private final List<@Nullable Object> tokens = new ArrayList<>();

  @Override
  public synchronized void onEvent(MapEvent<String, String> event) {
    if (event instanceof MapEvent.Put<String, String> put) {
      add("PUT", put.key(), put.value(), put.previousValue(), put);
    } else if (event instanceof MapEvent.Removed<String, String> removed) {
      add(removed.cause().name(), removed.key(), null, removed.previousValue(), removed);
    }
  }

  private void add(
      String kind,
      String key,
      @Nullable String value,
      @Nullable String previous,
      MapEvent<String, String> event) {
    tokens.add(kind);
    tokens.add(key);
    tokens.add(value);
    tokens.add(previous);
    tokens.add(event.origin());
    tokens.add(event.writer());
  }

  synchronized ControlLine toLine() {
    return ControlLine.of(tokens.toArray());
  }

  synchronized int count() {
    return tokens.size() / ObservedEvent.TOKENS;
  }
}
