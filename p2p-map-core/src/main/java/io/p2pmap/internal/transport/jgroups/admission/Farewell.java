package io.p2pmap.internal.transport.jgroups.admission;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection whose peer should still learn why. If it has sent more than was read, the
 * system would end the connection with a reset, which throws away what the peer has not read yet.
 */
final class Farewell {

  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final int MAX_BYTES = 64 * 1024;

  private Farewell() {}

  static void close(MeshSocket socket) {
    try (socket) {
      if (!socket.isClosed()) {
        socket.limitReading(LIMIT);
        socket.shutdownOutput();
        socket.rawInput().readNBytes(MAX_BYTES);
      }
    } catch (IOException e) {
      LOG.trace("Closed in a hurry: {}", socket, e);
    }
  }
}
