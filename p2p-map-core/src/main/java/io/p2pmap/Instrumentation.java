package io.p2pmap;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is told what can only be measured while it happens, for meters and traces; everything else is
 * read from {@link MapStatus} and {@link NodeStatus}. Reads of a map are not told at all.
 *
 * <p>Threading: any of the node's threads, several at a time, never under a map's lock. An
 * implementation must return at once: it delays what the thread does next. What it throws is logged
 * and has no other consequence.
 */
public interface Instrumentation {

  /** A map is open on this node; its recovery, if any, is over. */
  default void mapOpened(ReplicatedMap<?, ?> map) {}

  /** A map of which {@link #mapOpened} told was closed, alone or with its node. */
  default void mapClosed(ReplicatedMap<?, ?> map) {}

  /** These are all nodes of the cluster now, this one first. */
  default void membersChanged(List<Member> members) {}

  /**
   * A write of another node has just become visible to readers of this node, which had caught up
   * with the others before.
   *
   * @param lagMillis this node's wall clock minus the stamp of the write, not less than 0. It
   *     includes how far the two clocks are apart
   */
  default void writeArrived(String mapName, long lagMillis) {}

  /**
   * Writes of this node leave for the others.
   *
   * @param lengthBytes of the whole message
   */
  default void batchSent(String mapName, int entries, int lengthBytes) {}

  /** The log of a persisted map was written and forced to disk, which took {@code duration}. */
  default void storageForced(String mapName, Duration duration) {}

  /** The node begins to bind, join, and catch up. */
  default Ongoing joining() {
    return Ongoing.UNOBSERVED;
  }

  /** A persisted map begins to read what its files hold. */
  default Ongoing recovering(String mapName) {
    return Ongoing.UNOBSERVED;
  }

  /**
   * The first part of a transfer from another node has arrived, its last part has not been applied.
   *
   * @param kind {@code full}, {@code delta}, or {@code repair}
   */
  default Ongoing receivingTransfer(String mapName, String kind) {
    return Ongoing.UNOBSERVED;
  }

  /** Something that has begun and takes a while. Its end is told once, on any thread. */
  @FunctionalInterface
  interface Ongoing {

    /** Nobody wants to know its end. */
    Ongoing UNOBSERVED = failure -> {};

    /** It is over; {@code failure} is null if it has done what it should. */
    void ended(@Nullable Throwable failure);
  }
}
