package io.p2pmap.internal.transport.jgroups.admission;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Addresses where somebody accepts connections and says nothing, as a hung process does. They are
 * left alone for a while: JGroups would try again for each message, one after the other, and wait
 * each time on the thread that sends to everybody.
 *
 * <p>Threading: any.
 */
final class SilentPeers {

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final LongSupplier nanoTime;
  private final Map<SocketAddress, Long> silentSince = new ConcurrentHashMap<>();

  SilentPeers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void add(SocketAddress peer) {
    silentSince.put(peer, nanoTime.getAsLong());
  }

  void requireMayTry(SocketAddress peer) throws IOException {
    Long since = silentSince.get(peer);
    if (since != null) {
      if (nanoTime.getAsLong() - since < PAUSE_NANOS) {
        throw new SocketTimeoutException("%s was silent a moment ago".formatted(peer));
      }
      silentSince.remove(peer, since);
    }
  }
}
