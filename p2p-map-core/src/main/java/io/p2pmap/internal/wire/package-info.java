/** What nodes send each other as bytes, described in {@code docs/wire-format.md}. */
@NullMarked
package io.p2pmap.internal.wire;

import org.jspecify.annotations.NullMarked;
