/**
 * Spring Boot auto-configuration: the node, its lifecycle, and a bean for every map that the
 * properties declare.
 */
@NullMarked
package io.p2pmap.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
