/** The transport over JGroups: one channel a node, over TCP. */
@NullMarked
package io.p2pmap.internal.transport.jgroups;

import org.jspecify.annotations.NullMarked;
