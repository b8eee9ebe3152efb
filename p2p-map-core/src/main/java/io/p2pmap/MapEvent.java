package io.p2pmap;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One visible change of one key. Equal values and removals of absent keys are no change.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public sealed interface MapEvent<K, V> {

  /** Name of the map that changed. */
  String mapName();

  /** Key that changed. */
  K key();

  /** Where the change came from, seen from this node. */
  Origin origin();

  /** Name of the node that wrote the entry or the removal; empty if it is not known. */
  String writer();

  /** When it was written, by the hybrid logical clock of the writer. */
  Instant writtenAt();

  /** A key has a new value. */
  record Put<K, V>(
      String mapName,
      K key,
      V value,
      @Nullable V previousValue,
      Origin origin,
      String writer,
      Instant writtenAt)
      implements MapEvent<K, V> {}

  /** A key is gone. */
  record Removed<K, V>(
      String mapName,
      K key,
      @Nullable V previousValue,
      Cause cause,
      Origin origin,
      String writer,
      Instant writtenAt)
      implements MapEvent<K, V> {}

  /** Where a change came from, seen from the node that reports it. */
  enum Origin {
    /** A write of this node. */
    LOCAL,
    /** A write of another node. */
    REMOTE,
    /** Found on this node's disk when the map was opened. */
    RECOVERED
  }

  /** Why a key is gone. */
  enum Cause {
    /** It was removed, here or on another node. */
    REMOVED,
    /** Its time to live is over. */
    EXPIRED,
    /** Presence map: the node that had written it left or failed. */
    PRUNED
  }
}
