package io.p2pmap.internal.transport.jgroups;

import java.net.URL;

/**
 * A JGroups configuration of the user, which replaces every protocol of ours: also discovery and
 * security.
 *
 * @param location where the XML is read
 * @param allowPlaintext whether it may listen, without TLS, on an address that others can reach
 */
public record StackFile(URL location, boolean allowPlaintext) {}
