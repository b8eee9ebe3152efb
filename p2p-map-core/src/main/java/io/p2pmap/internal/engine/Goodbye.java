package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.wire.FrameHeader;
import io.p2pmap.internal.wire.MessageType;

/**
 * The last frame of a node that is closed: that it does not host the map without a name, which
 * nobody does. It changes no replica; it only lets the others tell an end from a partition.
 */
record Goodbye() implements Sender.Source {

  private static final String NO_MAP = "";

  static boolean isIn(FrameHeader.Known frame) {
    return frame.type() == MessageType.NOT_HOSTED && frame.mapName().equals(NO_MAP);
  }

  @Override
  public boolean drain(FrameSender sender) {
    sender.send(null, new MapFrames<>(NO_MAP, bytes -> bytes).encode(new Message.NotHosted<>()));
    return false;
  }
}
