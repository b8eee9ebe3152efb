/** The values that replicas merge: entries, version vectors, fingerprints. Pure. */
@NullMarked
package io.p2pmap.internal.crdt;

import org.jspecify.annotations.NullMarked;
