package io.p2pmap.internal.transport;

import java.util.UUID;

/**
 * Takes what a {@link Transport} receives. Implementations must return at once: a handler that
 * blocks stalls the senders of the whole cluster.
 *
 * <p>Threading: called by the transport's threads, several at a time.
 */
public interface TransportHandler {

  /** The members are now {@code view}. Views of one node are reported one at a time, in order. */
  void onView(View view);

  /**
   * A frame from a member of the current view arrived. The receiver owns {@code frame}.
   *
   * @param sender {@link Peer#id} of the sender, as the transport knows it; never this node
   */
  void onFrame(UUID sender, byte[] frame);
}
