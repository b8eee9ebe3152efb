package io.p2pmap.internal.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The consequences of one input, in the order in which they are to be performed: readers see the
 * changes already; then they are logged; then listeners are told of them; then the messages leave.
 *
 * @param changes visible changes, per key in order
 * @param messages messages to send after the outbox was sent (see {@link Replica#pollBatch})
 * @param delta what is to be persisted, or null if nothing changed or the replica is not persisted
 */
public record Effects<K>(
    List<Change<K>> changes, List<Outgoing<K>> messages, @Nullable StateDelta<K> delta) {

  /** No consequences. */
  public static <K> Effects<K> none() {
    return new Effects<>(List.of(), List.of(), null);
  }
}
