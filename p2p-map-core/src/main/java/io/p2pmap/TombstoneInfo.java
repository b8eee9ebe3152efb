package io.p2pmap;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A removal that is remembered, because as far as this node knows not every other node knows it.
 *
 * @param writer name of the node that removed the key; empty if it is not known
 * @param removedAt when it was removed, by the hybrid logical clock of the writer
 * @param awaiting the nodes that have not acknowledged it; empty if it leaves at the next scan
 */
public record TombstoneInfo<K>(K key, String writer, Instant removedAt, List<Awaited> awaiting) {

  public TombstoneInfo {
    awaiting = List.copyOf(awaiting);
  }

  /**
   * A node that may hold an older entry of the key.
   *
   * @param name its node name, or empty if only its id is known
   * @param id of its replica of the map, or of its start
   * @param away how long it has not been in the cluster, or null if it is there
   */
  public record Awaited(String name, String id, @Nullable Duration away) {}
}
