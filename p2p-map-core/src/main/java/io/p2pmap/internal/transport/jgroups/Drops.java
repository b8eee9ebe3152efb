package io.p2pmap.internal.transport.jgroups;

import java.util.Locale;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Counts the messages that were not handed over, and logs a line now and then.
 *
 * <p>Threading: any.
 */
final class Drops {

  /** Why a message is dropped. */
  enum Reason {
    /** Common while a view is on its way: a sender can be faster than the view that brings it. */
    NOT_A_MEMBER(Level.DEBUG, "its sender is not in the view"),
    NOT_OURS(Level.WARN, "it is no frame of this library"),
    TOO_LONG(Level.WARN, "it is longer than any node may send"),
    /** Not even JGroups can read it. */
    MALFORMED(Level.WARN, "it can't be read");

    private final Level level;
    private final String explanation;

    Reason(Level level, String explanation) {
      this.level = level;
      this.explanation = explanation;
    }

    /** Its name for meters. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Drops.class);

  private final PacedCount[] counts = new PacedCount[Reason.values().length];

  Drops() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new PacedCount();
    }
  }

  /** Counts one; without a {@code sender} if nobody knows which of the members it was. */
  void count(Reason reason, @Nullable Address sender, int lengthBytes) {
    PacedCount count = counts[reason.ordinal()];
    if (count.count(System.nanoTime())) {
      LOG.atLevel(reason.level)
          .log(
              "Dropped a message of {} bytes from {}, since {}; {} so far, told at most once a minute",
              lengthBytes,
              sender == null ? "a member" : sender,
              reason.explanation,
              count.total());
    }
  }

  long of(Reason reason) {
    return counts[reason.ordinal()].total();
  }

  long total() {
    long total = 0;
    for (PacedCount count : counts) {
      total += count.total();
    }
    return total;
  }
}
