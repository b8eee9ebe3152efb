package io.p2pmap.internal.engine;

import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.wire.FrameDecoder;
import io.p2pmap.internal.wire.FrameEncoder;
import io.p2pmap.internal.wire.FrameHeader;
import java.util.function.Function;

/**
 * Turns the messages of one map into frames and back.
 *
 * <p>Threading: encodes on one thread at a time, decodes on any.
 */
public final class MapFrames<K> {

  private final String mapName;
  private final FrameEncoder encoder = new FrameEncoder();
  private final FrameDecoder<K> decoder;

  /**
   * Creates the frames of a map.
   *
   * @param keys turns an encoded key into what identifies it in this map
   */
  public MapFrames(String mapName, Function<byte[], K> keys) {
    this.mapName = mapName;
    this.decoder = new FrameDecoder<>(keys);
  }

  String mapName() {
    return mapName;
  }

  byte[] encode(Message<K> message) {
    return encoder.encode(mapName, message);
  }

  Message<K> decode(FrameHeader.Known frame) {
    return decoder.decode(frame);
  }
}
