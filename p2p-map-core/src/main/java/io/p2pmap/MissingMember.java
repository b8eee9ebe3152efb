package io.p2pmap;

import java.time.Instant;

/**
 * A node that disappeared from this node's view without a goodbye: the network parts the two, or it
 * has crashed, which nobody can tell from here.
 *
 * @param id of the start of the node that was there
 * @param since when this node noticed, by its own clock
 */
public record MissingMember(String name, String id, String address, Instant since) {}
