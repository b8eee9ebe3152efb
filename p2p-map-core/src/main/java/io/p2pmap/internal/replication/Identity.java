package io.p2pmap.internal.replication;

import java.util.UUID;

/**
 * Who a replica is.
 *
 * @param incarnation random identifier of this start of its node; the transport's sender
 * @param replicaId the same after a restart if the map is persisted, else the incarnation; used
 *     only to account for who is known
 * @param nodeName for people to read
 */
public record Identity(UUID incarnation, UUID replicaId, String nodeName) {}
