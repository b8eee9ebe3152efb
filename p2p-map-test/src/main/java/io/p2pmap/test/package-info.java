/** Test support: clusters of several nodes in one JVM. */
@NullMarked
package io.p2pmap.test;

import org.jspecify.annotations.NullMarked;
