package io.p2pmap.internal.transport.jgroups;

import java.io.EOFException;
import java.io.IOException;
import java.lang.StackWalker.Option;
import org.jgroups.Message;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.Util;

/**
 * The bytes of one packet, as JGroups reads them. A message reads the length of its payload as an
 * int, and {@link Util} the number of messages of a batch; JGroups 5.5.7 allocates that much before
 * it looks for the bytes. No such number can be greater than the bytes that are left.
 *
 * <p>Threading: one thread.
 */
final class PacketInput extends ByteArrayDataInputStream {

  private static final StackWalker CALLERS = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

  PacketInput(byte[] packet) {
    super(packet);
  }

  @Override
  public int readInt() throws IOException {
    int value = super.readInt();
    if (value > limit() - position() && isLengthFor(CALLERS.getCallerClass())) {
      throw new EOFException("%d bytes announced, %d left".formatted(value, limit() - position()));
    }
    return value;
  }

  private static boolean isLengthFor(Class<?> reader) {
    return reader == Util.class || Message.class.isAssignableFrom(reader);
  }
}
