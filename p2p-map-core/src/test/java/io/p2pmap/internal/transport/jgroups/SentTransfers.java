package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.replication.Message.Chunk;
import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.wire.FrameDecoder;
import io.p2pmap.internal.wire.FrameHeader;
import io.p2pmap.internal.wire.MessageType;
import java.util.Map;
import java.util.TreeMap;
import org.jgroups.Message;
import org.jgroups.stack.Protocol;

/**
 * Counts the transfers of one map that a node sends, a receiver each: on top of its stack, where a
 * message comes by once, however often it is sent again.
 *
 * <p>Threading: any thread.
 */
final class SentTransfers extends Protocol {

  private final String mapName;
  private final FrameDecoder<byte[]> decoder = new FrameDecoder<>(key -> key);
  private final Map<String, Long> counts = new TreeMap<>();

  SentTransfers(String mapName) {
    this.mapName = mapName;
  }

  /** How many transfers were sent to the node of each name. */
  synchronized Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  @Override
  public Object down(Message message) {
    if (message.getDest() != null && Frames.isOurs(message) && isBegin(Frames.unwrap(message))) {
      String receiver =
          Announcement.peerAt(message.getDest()).map(Peer::nodeName).orElse("nobody known");
      synchronized (this) {
        counts.merge(receiver, 1L, Long::sum);
      }
    }
    return super.down(message);
  }

  /** Whether this is the first part of a transfer. */
  private boolean isBegin(byte[] frame) {
    return FrameHeader.read(frame) instanceof FrameHeader.Known known
        && known.type() == MessageType.CHUNK
        && known.mapName().equals(mapName)
        && decoder.decode(known) instanceof Chunk<byte[]> chunk
        && chunk.index() == 0;
  }
}
