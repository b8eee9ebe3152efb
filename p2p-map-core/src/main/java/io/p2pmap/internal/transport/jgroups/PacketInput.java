package io.p2pmap.internal.transport.jgroups;

import java.io.EOFException;
import java.io.IOException;
import java.lang.StackWalker.Option;
import org.jgroups.Message;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.SeqnoList;
import org.jgroups.util.Util;

/**
 * The bytes of one packet, as JGroups reads them. A message reads the length of its payload as an
 * int, {@link Util} the number of messages of a batch, and {@link SeqnoList} a number of bits;
 * JGroups 5.5.7 allocates that much before it looks for the bytes. No such number can be greater
 * than what is left.
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
    int left = limit() - position();
    if (value > left && value > mostIn(left, CALLERS.getCallerClass())) {
      throw new EOFException("%d announced, %d bytes left".formatted(value, left));
    }
    return value;
  }

  /** The greatest number that {@code reader} may find before so many bytes. */
  private static long mostIn(int leftBytes, Class<?> reader) {
    if (reader == SeqnoList.class) {
      return (long) leftBytes * Byte.SIZE;
    }
    boolean isLength = reader == Util.class || Message.class.isAssignableFrom(reader);
    return isLength ? leftBytes : Integer.MAX_VALUE;
  }
}
