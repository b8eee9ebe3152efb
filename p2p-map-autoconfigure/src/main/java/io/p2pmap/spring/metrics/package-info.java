/** Micrometer: meters of the node and of every map, and observations of what takes a while. */
@NullMarked
package io.p2pmap.spring.metrics;

import org.jspecify.annotations.NullMarked;
