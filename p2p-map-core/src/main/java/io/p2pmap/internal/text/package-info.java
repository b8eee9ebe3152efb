/** Text as CBOR. Depends on nothing, since entries hold text in place of its bytes. */
@NullMarked
package io.p2pmap.internal.text;

import org.jspecify.annotations.NullMarked;
