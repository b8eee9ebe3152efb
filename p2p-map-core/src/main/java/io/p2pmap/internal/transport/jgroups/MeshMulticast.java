package io.p2pmap.internal.transport.jgroups;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.NAKACK4;
import org.jgroups.protocols.NakAckHeader;
import org.jgroups.util.Buffer;
import org.jgroups.util.SeqnoList;

/**
 * JGroups' reliable multicast, which also answers those who ask for what is no longer there, and
 * those who are no members here, and keeps the newest of what comes before the first view.
 *
 * <p>When the parts of a cluster merge, each begins with the others' messages where those were when
 * the merge began (JGroups 5.5.7). What a node has sent between then and the common view, the
 * members of its part may all have acknowledged, so that it is gone. JGroups does not answer
 * requests for it. The newcomer would ask forever, hear no later multicast of that node, not even a
 * view, and acknowledge none, until the node has filled its window and stands still. So it gets
 * empty messages in their place. What they contained, the replicas find out themselves: they
 * compare what they hold after each merge, and see a gap when the next batch comes.
 *
 * <p>Threading: JGroups' threads.
 */
final class MeshMulticast extends NAKACK4 {

  MeshMulticast() {
    setId(ClassConfigurator.getProtocolId(NAKACK4.class)); // the same on the wire
  }

  /**
   * What comes before the first view waits here. JGroups 5.5.7 keeps the first 50 and drops the
   * rest, and the last ones are those that this node has to deliver.
   */
  @Override
  protected synchronized Queue<Message> becomeServerQueue() {
    if (become_server_queue == null) {
      become_server_queue = new Newest(getBecomeServerQueueSize());
    }
    return become_server_queue;
  }

  @Override
  protected void handleXmitReq(Address requester, SeqnoList missing, Address sender) {
    Buffer<Message> sent = sendBuf();
    long lastGone = sent == null ? 0 : sent.low(); // before, so that nothing is answered twice
    super.handleXmitReq(requester, missing, sender);
    if (sender.equals(local_addr)) {
      for (long seqno : missing) {
        if (seqno <= lastGone) {
          sendXmitRsp(requester, nothing(seqno));
        }
      }
    }
  }

  /**
   * Acknowledges to a stranger what it has sent. Views can differ for a while: a sender may count
   * this node as a member that does not count it. Nobody else would acknowledge, its window would
   * fill, and what it has to send to end this, the answer to a merge, would wait behind that.
   */
  @Override
  protected void handleHighestSeqno(Address sender, long seqno) {
    super.handleHighestSeqno(sender, seqno);
    if (getBuf(sender) == null && !leaving) {
      down_prot.down(
          new EmptyMessage(sender)
              .putHeader(id, NakAckHeader.createAckHeader(seqno))
              .setFlag(Message.Flag.OOB));
    }
  }

  /** Ignores those who are no members any more, or not yet; JGroups warns of each. */
  @Override
  protected void handleAck(Address sender, long ack) {
    if (members.contains(sender)) {
      super.handleAck(sender, ack);
    }
  }

  private Message nothing(long seqno) {
    return new EmptyMessage(null).putHeader(id, NakAckHeader.createMessageHeader(seqno));
  }

  /** Whether {@code message} was sent in place of one that is gone. */
  static boolean isNothing(Message message) {
    return message instanceof EmptyMessage;
  }

  /** A queue that drops its oldest message when it is full. */
  private static final class Newest extends ArrayBlockingQueue<Message> {

    Newest(int capacity) {
      super(capacity);
    }

    @Override
    public boolean offer(Message message) {
      while (!super.offer(message)) {
        poll();
      }
      return true;
    }
  }
}
