/** The cluster benchmark: the same work on every system, in interleaved rounds. */
@NullMarked
package io.p2pmap.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
