/** The transport port: carries frames between the nodes of a cluster, and says who is in it. */
@NullMarked
package io.p2pmap.internal.transport;

import org.jspecify.annotations.NullMarked;
