/** How cost grows with members, entries, sizes, and rates. */
@NullMarked
package io.p2pmap.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
