/**
 * Clusters of real processes over real sockets, and what must hold on them. A test asks for a
 * {@link io.p2pmap.cluster.Cluster} and drives its nodes through {@link
 * io.p2pmap.cluster.NodeProcess} and {@link io.p2pmap.cluster.RemoteMap}.
 */
@NullMarked
package io.p2pmap.cluster;

import org.jspecify.annotations.NullMarked;
