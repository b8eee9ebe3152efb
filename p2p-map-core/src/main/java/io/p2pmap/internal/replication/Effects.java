package io.p2pmap.internal.replication;

import java.util.List;

/**
 * The consequences of one input, in the order in which they are to be performed: readers see the
 * changes already; then they are told of them; then the messages leave.
 *
 * @param changes visible changes, per key in order
 * @param messages messages to send after the outbox was sent (see {@link Replica#pollBatch})
 */
public record Effects<K>(List<Change<K>> changes, List<Outgoing<K>> messages) {

  /** No consequences. */
  public static <K> Effects<K> none() {
    return new Effects<>(List.of(), List.of());
  }
}
