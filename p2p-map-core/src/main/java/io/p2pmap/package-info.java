/**
 * Replicated maps: the public API and its wiring. Everything under {@code io.p2pmap.internal} may
 * change in any release.
 */
@NullMarked
package io.p2pmap;

import org.jspecify.annotations.NullMarked;
