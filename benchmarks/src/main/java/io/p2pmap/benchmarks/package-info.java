/** Benchmarks of the library and of others that do the same. */
@NullMarked
package io.p2pmap.benchmarks;

import org.jspecify.annotations.NullMarked;
