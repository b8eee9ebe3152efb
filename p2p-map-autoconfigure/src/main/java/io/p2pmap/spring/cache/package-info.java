/** Spring's cache abstraction on replicated maps. */
@NullMarked
package io.p2pmap.spring.cache;

import org.jspecify.annotations.NullMarked;
