/** Cryptographic hashes. Depends on nothing. */
@NullMarked
package io.p2pmap.internal.hash;

import org.jspecify.annotations.NullMarked;
