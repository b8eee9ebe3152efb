package io.p2pmap.cluster;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as a listener in a node's process got it.
 *
 * @param kind PUT, or the cause of a removal
 * @param origin LOCAL or REMOTE
 */
public record ObservedEvent(
    String kind,
    String key,
    @Nullable String value,
    @Nullable String previous,
    String origin,
    String writer) {

  static final int TOKENS = 6;

  static List<ObservedEvent> parse(ControlLine line) {
    List<ObservedEvent> events = new ArrayList<>();
    for (int i = 0; i + TOKENS <= line.size(); i += TOKENS) {
      events.add(
          new ObservedEvent(
              line.text(i),
              line.text(i + 1),
              line.at(i + 2),
              line.at(i + 3),
              line.text(i + 4),
              line.text(i + 5)));
    }
    return events;
  }
}
