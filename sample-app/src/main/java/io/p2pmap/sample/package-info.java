/** Sample application: a flag console on three replicated maps. */
@NullMarked
package io.p2pmap.sample;

import org.jspecify.annotations.NullMarked;
