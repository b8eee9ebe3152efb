/** Bytes: reading and writing them safely, and values as CBOR. */
@NullMarked
package io.p2pmap.internal.codec;

import org.jspecify.annotations.NullMarked;
