package io.p2pmap.internal.transport;

import java.util.List;

/**
 * Who is in the cluster, as this node sees it.
 *
 * @param self this node
 * @param others every other member, in the transport's order
 */
public record View(Peer self, List<Peer> others) {

  public View {
    others = List.copyOf(others);
  }
}
