/** Test support for Spring's test context framework. */
@NullMarked
package io.p2pmap.test.spring;

import org.jspecify.annotations.NullMarked;
