package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.transport.Transport;
import java.util.Arrays;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jspecify.annotations.Nullable;

/**
 * Frames as JGroups payloads: four bytes of our own, then the frame. Discovery messages of other
 * protocols and whatever else strays into the channel lack the four bytes.
 */
final class Frames {

  private static final byte[] MAGIC = {'p', '2', 'm', 1};

  private Frames() {}

  /** A message to everybody (null) or to one member; {@code frame} is copied. */
  static Message wrap(org.jgroups.@Nullable Address destination, byte[] frame) {
    byte[] payload = Arrays.copyOf(MAGIC, MAGIC.length + frame.length);
    System.arraycopy(frame, 0, payload, MAGIC.length, frame.length);
    return new BytesMessage(destination, payload).setFlag(Message.TransientFlag.DONT_LOOPBACK);
  }

  /** Whether {@code message} starts like one of ours. */
  static boolean isOurs(Message message) {
    if (!message.hasArray() || message.getLength() < MAGIC.length) {
      return false;
    }
    int offset = message.getOffset();
    return Arrays.equals(message.getArray(), offset, offset + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  static boolean isTooLong(Message message) {
    return message.getLength() - MAGIC.length > Transport.MAX_FRAME_BYTES;
  }

  /** A copy of the frame in {@code message}, which {@link #isOurs}. */
  static byte[] unwrap(Message message) {
    int offset = message.getOffset();
    return Arrays.copyOfRange(
        message.getArray(), offset + MAGIC.length, offset + message.getLength());
  }
}
