/**
 * How replicas agree: a deterministic state machine without threads, I/O, or clocks. Inputs are
 * method calls, consequences come back as {@link io.p2pmap.internal.replication.Effects}. Rule
 * numbers B1 to B36 are explained in {@code docs/protocol.md}.
 */
@NullMarked
package io.p2pmap.internal.replication;

import org.jspecify.annotations.NullMarked;
