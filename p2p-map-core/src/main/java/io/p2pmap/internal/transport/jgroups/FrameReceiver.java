package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.TransportHandler;
import java.util.UUID;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.util.MessageBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upper end of the channel: hands views and checked frames to the {@link TransportHandler}.
 * JGroups delivers unicasts of anybody and messages of protocols it does not know, so the sender,
 * the first bytes and the length are checked here.
 *
 * <p>Threading: JGroups' threads; views one at a time, in order, under a lock of JGroups (5.5.7).
 */
final class FrameReceiver implements Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(FrameReceiver.class);

  private final TransportHandler handler;
  private final Drops drops;
  private volatile Membership membership;

  FrameReceiver(TransportHandler handler, Peer self, Drops drops) {
    this.handler = handler;
    this.membership = Membership.alone(self);
    this.drops = drops;
  }

  Membership membership() {
    return membership;
  }

  @Override
  public void viewAccepted(View view) {
    Membership next = Membership.of(view, membership.view().self());
    membership = next; // first, so that the handler may send to whom it learns of
    LOG.debug("View of {}: {}", next.view().self().nodeName(), next.view().others());
    handler.onView(next.view());
  }

  @Override
  public void receive(MessageBatch batch) {
    for (Message message : batch) {
      receive(message);
    }
  }

  @Override
  public void receive(Message message) {
    if (MeshMulticast.isNothing(message)) {
      return;
    }
    UUID sender = membership.memberAt(message.getSrc());
    if (sender == null) {
      drop(Drops.Reason.NOT_A_MEMBER, message);
    } else if (!Frames.isOurs(message)) {
      drop(Drops.Reason.NOT_OURS, message);
    } else if (Frames.isTooLong(message)) {
      drop(Drops.Reason.TOO_LONG, message);
    } else {
      handler.onFrame(sender, Frames.unwrap(message));
    }
  }

  private void drop(Drops.Reason reason, Message message) {
    drops.count(reason, message.getSrc(), message.getLength());
  }
}
