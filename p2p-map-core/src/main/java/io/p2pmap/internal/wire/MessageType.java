package io.p2pmap.internal.wire;

import io.p2pmap.internal.replication.Message;
import org.jspecify.annotations.Nullable;

/** The kinds of {@link Message}, each with its number on the wire, which never changes. */
public enum MessageType {
  /** {@link Message.Batch}. */
  BATCH(1),
  /** {@link Message.Digest}. */
  DIGEST(2),
  /** {@link Message.Chunk}. */
  CHUNK(3),
  /** {@link Message.ChunkReceived}. */
  CHUNK_RECEIVED(4),
  /** {@link Message.Slot}. */
  SLOT(5),
  /** {@link Message.NotHosted}. */
  NOT_HOSTED(6);

  private static final MessageType[] TYPES = values();

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The type with this number, or null if only a later release knows it. */
  static @Nullable MessageType ofCode(int code) {
    for (MessageType type : TYPES) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }

  static MessageType of(Message<?> message) {
    if (message instanceof Message.Batch) {
      return BATCH;
    } else if (message instanceof Message.Digest) {
      return DIGEST;
    } else if (message instanceof Message.Chunk) {
      return CHUNK;
    } else if (message instanceof Message.ChunkReceived) {
      return CHUNK_RECEIVED;
    } else if (message instanceof Message.Slot) {
      return SLOT;
    }
    return NOT_HOSTED;
  }
}
