/** How nodes find each other. */
@NullMarked
package io.p2pmap.discovery;

import org.jspecify.annotations.NullMarked;
