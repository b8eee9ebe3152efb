/** A transport between nodes of one process: no sockets, and cuts at will. For tests. */
@NullMarked
package io.p2pmap.internal.transport.memory;

import org.jspecify.annotations.NullMarked;
