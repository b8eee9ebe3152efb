package io.p2pmap.internal.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes frames to send. Threading: called by one thread at a time, without a lock; may block. */
@FunctionalInterface
public interface FrameSender {

  /** Sends {@code frame} to {@code receiver}, or to every other member if that is null. */
  void send(@Nullable UUID receiver, byte[] frame);
}
