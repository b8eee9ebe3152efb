package io.p2pmap.internal.clock;

/**
 * One reading of a node's clocks, handed to the pure core with every input.
 *
 * @param wallMillis wall clock, epoch milliseconds; may be wrong and may jump
 * @param monotonicNanos never goes back while the process lives; no meaning between processes
 */
public record Now(long wallMillis, long monotonicNanos) {}
