/** Read-your-writes behind a load balancer, for servlet applications. */
@NullMarked
package io.p2pmap.spring.web;

import org.jspecify.annotations.NullMarked;
