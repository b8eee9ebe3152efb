package io.p2pmap.cluster;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of a node's run: what it did, or was told. A history is in the order in
 * which things were written down: an operation is announced before it begins and acknowledged after
 * it has returned, and an event follows the change it tells of.
 */
sealed interface HistoryRecord {

  /**
   * An operation that is about to begin.
   *
   * @param number counts the operations of a run
   * @param value text that no other operation of any run writes, or null: a removal
   */
  record Intent(long number, String key, @Nullable String value) implements HistoryRecord {}

  /** The operation of this number has returned. */
  record Acknowledged(long number, long nanos) implements HistoryRecord {}

  /** All operations up to this number were reported as replicated to all members. */
  record Confirmed(long number) implements HistoryRecord {}

  /** The thread that operates has read this value, or null. */
  record Read(String key, @Nullable String value) implements HistoryRecord {}

  /** A listener was told that a key's value has changed. */
  record Event(
      String key,
      @Nullable String value,
      @Nullable String previous,
      boolean isLocal,
      long writtenAtMillis,
      long toldAtMillis)
      implements HistoryRecord {}

  /** The record as a line of text. */
  default String toLine() {
    if (this instanceof Intent intent) {
      return ControlLine.of("intent", intent.number, intent.key, intent.value).toString();
    } else if (this instanceof Acknowledged acknowledged) {
      return ControlLine.of("ack", acknowledged.number, acknowledged.nanos).toString();
    } else if (this instanceof Confirmed confirmed) {
      return ControlLine.of("confirmed", confirmed.number).toString();
    } else if (this instanceof Read read) {
      return ControlLine.of("read", read.key, read.value).toString();
    } else if (this instanceof Event e) {
      return ControlLine.of(
              "event", e.key, e.value, e.previous, e.isLocal, e.writtenAtMillis, e.toldAtMillis)
          .toString();
    }
    throw new AssertionError(this);
  }

  /** The record in a line; empty if the line was cut off by the end of its process. */
  static Optional<HistoryRecord> parse(String text) {
    ControlLine line = ControlLine.parse(text);
    try {
      return Optional.of(
          switch (line.text(0)) {
            case "intent" -> new Intent(line.number(1), line.text(2), line.at(3));
            case "ack" -> new Acknowledged(line.number(1), line.number(2));
            case "confirmed" -> new Confirmed(line.number(1));
            case "read" -> new Read(line.text(1), line.at(2));
            case "event" -> event(line);
            default -> throw new IllegalArgumentException(text);
          });
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Event event(ControlLine line) {
    return new Event(
        line.text(1),
        line.at(2),
        line.at(3),
        Boolean.parseBoolean(line.text(4)),
        line.number(5),
        line.number(6));
  }
}
