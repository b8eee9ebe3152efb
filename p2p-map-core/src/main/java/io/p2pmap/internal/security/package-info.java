/** What nodes know of each other's identity: shared secrets, and the TLS contexts made of them. */
@NullMarked
package io.p2pmap.internal.security;

import org.jspecify.annotations.NullMarked;
