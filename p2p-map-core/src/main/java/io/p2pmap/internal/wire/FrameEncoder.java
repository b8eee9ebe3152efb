package io.p2pmap.internal.wire;

import io.p2pmap.internal.codec.ByteWriter;
import io.p2pmap.internal.replication.Message;

/**
 * Makes frames of messages. Equal messages give equal bytes.
 *
 * <p>Threading: confined to one thread; keeps its buffer from one frame to the next.
 */
public final class FrameEncoder {

  private final ByteWriter out = new ByteWriter();

  /**
   * The frame that says {@code message} about a map.
   *
   * @throws IllegalArgumentException if receivers would refuse it; see {@link WireLimits}
   */
  public byte[] encode(String mapName, Message<?> message) {
    String violation = MessageRules.violationOf(message);
    if (violation != null) {
      throw new IllegalArgumentException("Not to be sent: " + violation);
    }
    out.reset();
    FrameHeader.write(out, MessageType.of(message), mapName);
    PayloadWriter payload = new PayloadWriter(out);
    write(payload, message);
    payload.end();
    WireLimits.check("bytes of a frame", out.length(), WireLimits.MAX_FRAME_BYTES);
    return out.toByteArray();
  }

  private static void write(PayloadWriter payload, Message<?> message) {
    if (message instanceof Message.Batch<?> batch) {
      BatchFormat.write(payload, batch);
    } else if (message instanceof Message.Digest<?> digest) {
      DigestFormat.write(payload, digest);
    } else if (message instanceof Message.Chunk<?> chunk) {
      ChunkFormat.write(payload, chunk);
    } else if (message instanceof Message.ChunkReceived<?> received) {
      ChunkFormat.write(payload, received);
    } else if (message instanceof Message.Slot<?> slot) {
      SlotFormat.write(payload, slot);
    }
  }
}
