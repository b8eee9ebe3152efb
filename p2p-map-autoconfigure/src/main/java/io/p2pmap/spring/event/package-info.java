/** Changes of maps as application events. */
@NullMarked
package io.p2pmap.spring.event;

import org.jspecify.annotations.NullMarked;
