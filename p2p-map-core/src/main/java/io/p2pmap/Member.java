package io.p2pmap;

/**
 * A node in the current view of the cluster.
 *
 * @param name its configured node name; not necessarily unique
 * @param id random identifier of this start of the node, unique
 * @param address where it is reached, as the transport prints it
 * @param isSelf whether it is this node
 */
public record Member(String name, String id, String address, boolean isSelf) {}
