/** Actuator: health and the endpoint {@code p2pmap}. */
@NullMarked
package io.p2pmap.spring.actuate;

import org.jspecify.annotations.NullMarked;
