package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.Message;
import java.util.UUID;

/** Tells one member that this node does not host a map, so that it need not be waited for. */
record NotHostedReply(UUID receiver, String mapName) implements Sender.Source {

  @Override
  public boolean drain(FrameSender sender) {
    byte[] frame = new MapFrames<>(mapName, bytes -> bytes).encode(new Message.NotHosted<>());
    sender.send(receiver, frame);
    return false;
  }
}
