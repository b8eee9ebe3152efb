package io.p2pmap;

import io.p2pmap.internal.crdt.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest own writes of all maps of a node, and waiting for those of other nodes. */
final class LastWrites {

  private static final Logger LOG = LoggerFactory.getLogger(LastWrites.class);

  private LastWrites() {}

  static WriteToken of(Collection<OpenMap<?, ?>> maps) {
    Map<String, Stamp> writes = new HashMap<>();
    for (OpenMap<?, ?> map : maps) {
      Stamp last = map.lastWrite();
      if (last != null) {
        writes.put(map.name(), last);
      }
    }
    return WriteToken.of(writes);
  }

  static boolean await(Collection<OpenMap<?, ?>> maps, WriteToken token, Duration timeout)
      throws InterruptedException {
    List<OpenMap<?, ?>> behind = new ArrayList<>(maps);
    behind.removeIf(map -> token.isEmpty() || map.hasSeen(token));
    if (behind.isEmpty() || timeout.isZero()) {
      return behind.isEmpty();
    }
    List<CompletableFuture<Void>> seen = behind.stream().map(map -> map.whenSeen(token)).toList();
    try {
      CompletableFuture.allOf(seen.toArray(CompletableFuture[]::new))
          .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      LOG.debug("A map was closed meanwhile", e);
    } finally {
      seen.forEach(future -> future.cancel(false));
    }
    return true;
  }
}
