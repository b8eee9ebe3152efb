/**
 * Who may connect: sockets that exchange a greeting, and secure themselves, before JGroups sees
 * them.
 */
@NullMarked
package io.p2pmap.internal.transport.jgroups.admission;

import org.jspecify.annotations.NullMarked;
