/** What one node does by itself, measured by JMH. */
@NullMarked
package io.p2pmap.benchmarks.local;

import org.jspecify.annotations.NullMarked;
