package io.p2pmap.internal.transport;

import java.util.UUID;

/**
 * One start of a node, as it announced itself when it joined.
 *
 * @param id random identifier of this start of the node: its incarnation
 * @param nodeName its configured name; not necessarily unique
 * @param address where it is reached, for people to read
 * @param minWireVersion lowest wire version it reads
 * @param maxWireVersion highest wire version it reads
 */
public record Peer(
    UUID id, String nodeName, String address, int minWireVersion, int maxWireVersion) {}
