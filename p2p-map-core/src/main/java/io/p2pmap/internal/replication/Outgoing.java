package io.p2pmap.internal.replication;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to send.
 *
 * @param receiver incarnation of the receiver, or null for every other member
 */
public record Outgoing<K>(@Nullable UUID receiver, Message<K> message) {}
