/** Time as values: hybrid logical time and the readings of a node's clocks. Pure. */
@NullMarked
package io.p2pmap.internal.clock;

import org.jspecify.annotations.NullMarked;
