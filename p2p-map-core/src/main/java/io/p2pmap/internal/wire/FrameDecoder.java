package io.p2pmap.internal.wire;

import io.p2pmap.internal.codec.ByteReader;
import io.p2pmap.internal.codec.MalformedBytesException;
import io.p2pmap.internal.replication.Message;
import java.util.function.Function;

/**
 * Makes messages of the frames of one map.
 *
 * <p>Threading: any thread, if the key decoder allows.
 *
 * @param <K> how the map identifies keys
 */
public final class FrameDecoder<K> {

  private final Function<byte[], K> keyDecoder;

  /**
   * Creates a decoder.
   *
   * @param keyDecoder makes the identity of a key of its bytes, which it may keep; if it throws,
   *     the frame is malformed
   */
  public FrameDecoder(Function<byte[], K> keyDecoder) {
    this.keyDecoder = keyDecoder;
  }

  /**
   * The message of the frame that {@code header} belongs to.
   *
   * @throws MalformedBytesException if it is malformed or breaks a rule of its message type
   */
  public Message<K> decode(FrameHeader.Known header) {
    ByteReader in = new ByteReader(header.frame());
    in.skip(header.payloadStart());
    Message<K> message = read(header.type(), new PayloadReader<>(in, keyDecoder));
    String violation = MessageRules.violationOf(message);
    if (violation != null) {
      throw in.malformed(violation);
    }
    return message;
  }

  private Message<K> read(MessageType type, PayloadReader<K> payload) {
    return switch (type) {
      case BATCH -> BatchFormat.read(payload);
      case DIGEST -> DigestFormat.read(payload);
      case CHUNK -> ChunkFormat.read(payload);
      case CHUNK_RECEIVED -> ChunkFormat.readReceived(payload);
      case SLOT -> SlotFormat.read(payload);
      case NOT_HOSTED -> new Message.NotHosted<>();
    };
  }
}
