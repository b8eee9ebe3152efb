package io.p2pmap.internal.engine;

import io.p2pmap.internal.clock.HybridTime;
import io.p2pmap.internal.codec.MalformedBytesException;
import io.p2pmap.internal.replication.Message;
import io.p2pmap.internal.wire.FrameDecoder;
import io.p2pmap.internal.wire.FrameEncoder;
import io.p2pmap.internal.wire.FrameHeader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages of one map into frames and back, and counts them.
 *
 * <p>Threading: encodes on one thread at a time, decodes on any.
 */
public final class MapFrames<K> {

  private final String mapName;
  private final @Nullable MapProbe probe;
  private final FrameEncoder encoder = new FrameEncoder();
  private final FrameDecoder<K> decoder;
  private final boolean hasPlainKeys;
  private final Traffic traffic = new Traffic();

  /**
   * Creates the frames of a map that nobody measures.
   *
   * @param keys turns an encoded key into what identifies it in this map
   */
  public MapFrames(String mapName, Function<byte[], K> keys) {
    this(mapName, keys, true, null);
  }

  /**
   * Creates the frames of a map that {@code probe} measures, if it is not null.
   *
   * @param hasPlainKeys whether {@code keys} needs none of the application's classes
   */
  public MapFrames(
      String mapName, Function<byte[], K> keys, boolean hasPlainKeys, @Nullable MapProbe probe) {
    this.mapName = mapName;
    this.hasPlainKeys = hasPlainKeys;
    this.probe = probe;
    this.decoder = new FrameDecoder<>(keys);
  }

  String mapName() {
    return mapName;
  }

  boolean hasPlainKeys() {
    return hasPlainKeys;
  }

  @Nullable MapProbe probe() {
    return probe;
  }

  Traffic traffic() {
    return traffic;
  }

  byte[] encode(Message<K> message) {
    byte[] frame = encoder.encode(mapName, message);
    traffic.sent(frame.length);
    if (probe != null && message instanceof Message.Batch<K> batch) {
      probe.batchSent(batch.entries().size(), frame.length);
    } else if (probe != null && message instanceof Message.Slot<K> slot) {
      probe.batchSent(slot.entries().size(), frame.length);
    }
    return frame;
  }

  /**
   * The message of a frame that arrives at this wall clock reading.
   *
   * @throws MalformedBytesException if there is none in it
   */
  Message<K> decode(FrameHeader.Known frame, long wallMillis) {
    traffic.received(frame.frame().length);
    try {
      Message<K> message = decoder.decode(frame);
      if (message.latestTime() > HybridTime.latestBelievable(wallMillis)) {
        throw new MalformedBytesException("a time that no clock can give: " + message.latestTime());
      }
      return message;
    } catch (MalformedBytesException e) {
      traffic.malformed();
      throw e;
    }
  }
}
