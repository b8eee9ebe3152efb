/** The systems that are compared, each behind the same small port. */
@NullMarked
package io.p2pmap.benchmarks.systems;

import org.jspecify.annotations.NullMarked;
