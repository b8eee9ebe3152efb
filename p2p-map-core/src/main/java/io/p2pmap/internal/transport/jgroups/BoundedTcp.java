package io.p2pmap.internal.transport.jgroups;

import java.io.DataInput;
import java.io.IOException;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.protocols.TCP;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.Util;

/**
 * JGroups' TCP transport, which refuses packets that can't be read: counted, and told of now and
 * then. JGroups 5.5.7 logs each with its stack, and allocates whatever length it finds.
 *
 * <p>Threading: JGroups' threads, one a connection.
 */
class BoundedTcp extends TCP {

  private final Drops drops;

  BoundedTcp(Drops drops) {
    this.drops = drops;
  }

  /** Where what can't be read is counted. */
  final Drops drops() {
    return drops;
  }

  /** A packet can't be read, or what it contains can't be handled. */
  private static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(Throwable cause) {
      super(cause);
    }
  }

  /** Reads a packet to its end before it is parsed: a bad one must not shift those that follow. */
  @Override
  public void receive(Address sender, DataInput input, int lengthBytes) throws Exception {
    if (lengthBytes < 0) { // the upper limit was checked
      throw new IOException("Packet of %d bytes from %s".formatted(lengthBytes, sender));
    }
    byte[] packet = new byte[lengthBytes];
    input.readFully(packet);
    try {
      super.receive(sender, new PacketInput(packet), lengthBytes);
    } catch (IOException | RuntimeException e) { // the latter if it is too short for a version
      drops.count(Drops.Reason.MALFORMED, sender, lengthBytes);
      log.debug("%s: unreadable packet from %s", local_addr, sender, e);
    }
  }

  @Override
  protected void handleSingleMessage(DataInput input, boolean isMulticast) {
    try {
      Message message = Util.readMessage(input);
      if (isMulticast || !unicastDestMismatch(message.getDest())) {
        msg_processing_policy.process(message, message.isFlagSet(Message.Flag.OOB));
        msg_stats.received(message);
      }
    } catch (Throwable e) { // whatever a packet causes must not end the connection's thread
      throw new UnreadableException(e);
    }
  }

  @Override
  protected void handleMessageBatch(DataInput input, boolean isMulticast) {
    try {
      MessageBatch[] batches = Util.readMessageBatch(input, isMulticast);
      for (int i = 0; i < batches.length; i++) {
        if (batches[i] != null) {
          msg_stats.received(batches[i]);
        }
      }
      processBatch(batches[0], false);
      processBatch(batches[1], true); // those that may overtake
    } catch (Throwable e) {
      throw new UnreadableException(e);
    }
  }
}
