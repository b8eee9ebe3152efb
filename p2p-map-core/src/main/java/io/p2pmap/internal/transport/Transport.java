package io.p2pmap.internal.transport;

import java.util.UUID;

/**
 * Carries frames between the nodes of one cluster and reports who is in it.
 *
 * <p>Frames that one node multicasts arrive in order at every node that stays in its view, and so
 * do frames that one node unicasts to another; there is no order between the two, nor between
 * frames and views. A frame may be lost when views change, and may arrive more than once.
 *
 * <p>Threading: {@link #start} and {@link #close} once each, from any thread; {@link #multicast}
 * and {@link #unicast} from one sender thread.
 */
public interface Transport extends AutoCloseable {

  /** The longest frame. Senders refuse longer ones with an IllegalArgumentException. */
  int MAX_FRAME_BYTES = 16 * 1024 * 1024;

  /**
   * Binds and begins to look for other nodes. The first view, possibly of this node alone, has been
   * given to {@code handler} when this returns; joining others may go on in the background.
   *
   * @throws TransportException if it can't bind; then nothing is left running
   */
  void start(TransportHandler handler);

  /**
   * Whether it has heard of others of its cluster. If so and its first view is of this node alone,
   * a view with others is to be expected.
   */
  default boolean hasMetOthers() {
    return false;
  }

  /**
   * Sends {@code frame} to every other member of the view. May block for flow control; does nothing
   * before start and after close.
   */
  void multicast(byte[] frame);

  /** Sends {@code frame} to one member; does nothing if it is not in the view. May block. */
  void unicast(UUID member, byte[] frame);

  /** What it has counted so far; nothing before start and after close. */
  default TransportFigures figures() {
    return TransportFigures.NONE;
  }

  /** Leaves the cluster, so that the others see it at once, and ends every thread and socket. */
  @Override
  void close();

  /** Refuses what no node may send. */
  static void requireAllowedLength(byte[] frame) {
    if (frame.length > MAX_FRAME_BYTES) {
      throw new IllegalArgumentException(
          "Frame of %d bytes is longer than %d".formatted(frame.length, MAX_FRAME_BYTES));
    }
  }
}
