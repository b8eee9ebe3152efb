package io.p2pmap.discovery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discovery through a {@link Registry}: every node keeps an entry there, and reads those of all. A
 * node that leaves removes its entry; one that was killed can't, so whoever sees an entry that
 * nobody renews removes it.
 *
 * <p>Threading: any; a thread of its own renews the entry.
 */
final class Registered implements Discovery {

  private static final Logger LOG = LoggerFactory.getLogger(Registered.class);

  private static final Duration BEAT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration LIFETIME = BEAT_INTERVAL.multipliedBy(4);

  /** How long {@link #close} waits for a place that may not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(3);

  private final Registry registry;
  private final Duration beatInterval;
  private final CountDownLatch closed = new CountDownLatch(1);

  @GuardedBy("this")
  private final Sightings sightings;

  private volatile boolean isAnnounced;
  private volatile @Nullable Thread beating;

  /** This node's entry. */
  private record Self(String clusterName, String address) {}

  Registered(Registry registry) {
    this(registry, BEAT_INTERVAL, LIFETIME);
  }

  Registered(Registry registry, Duration beatInterval, Duration lifetime) {
    this.registry = registry;
    this.beatInterval = beatInterval;
    this.sightings = new Sightings(lifetime.toNanos());
  }

  @Override
  public void announce(String clusterName, InetSocketAddress address) {
    Self announced = new Self(clusterName, AddressText.of(address));
    CompletableFuture<Boolean> first = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> beat(announced, first), "p2pmap-discovery-" + address.getPort());
    thread.setDaemon(true);
    beating = thread;
    thread.start();
    awaitFirst(first);
    isAnnounced = true;
  }

  /** A node that looks for others should be there to be found; but it does not wait for ever. */
  private void awaitFirst(CompletableFuture<Boolean> first) {
    try {
      if (first.get(FIRST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      throw new IllegalStateException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.debug("{} is slow", registry, e);
    }
    LOG.warn("Can't write this node's address to {} yet, goes on trying", registry);
  }

  @Override
  public Collection<InetSocketAddress> candidates() {
    if (!isAnnounced) {
      return List.of();
    }
    Map<String, Long> entries;
    try {
      entries = new HashMap<>(registry.read());
    } catch (Exception e) {
      throw new IllegalStateException("Can't read %s: %s".formatted(registry, e.getMessage()), e);
    }
    leftBehind(entries)
        .forEach(
            (address, beat) -> {
              entries.remove(address);
              remove(address, beat);
            });
    return entries.keySet().stream().map(AddressText::parse).flatMap(Optional::stream).toList();
  }

  @Override
  public String description() {
    return registry.toString();
  }

  @Override
  public void close() {
    closed.countDown();
    Thread thread = beating;
    if (thread == null) {
      return;
    }
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Map<String, Long> leftBehind(Map<String, Long> entries) {
    return sightings.leftBehind(entries, System.nanoTime());
  }

  private void beat(Self announced, CompletableFuture<Boolean> first) {
    try {
      first.complete(tryBeat(announced, false));
    } catch (IllegalStateException e) { // it never could: the node does not start
      first.completeExceptionally(e);
      return;
    }
    boolean wasWritten = first.join();
    while (!isClosedWithin(beatInterval)) {
      try {
        wasWritten = tryBeat(announced, wasWritten);
      } catch (IllegalStateException e) {
        logFailure(e, wasWritten);
        wasWritten = false;
      }
    }
    leave(announced.address());
  }

  private boolean isClosedWithin(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true; // nobody but a closing process interrupts this thread
    }
  }

  /** Opens the registry, which costs little and repairs it, and writes the entry. */
  private boolean tryBeat(Self announced, boolean warns) {
    try {
      registry.open(announced.clusterName());
      registry.write(announced.address(), System.currentTimeMillis());
      return true;
    } catch (IllegalStateException e) {
      throw e;
    } catch (Exception e) {
      logFailure(e, warns);
      return false;
    }
  }

  private void logFailure(Exception failure, boolean warns) {
    if (warns) {
      LOG.warn("Can't renew this node's address in {}, goes on trying", registry, failure);
    } else {
      LOG.debug("Can't write this node's address to {}", registry, failure);
    }
  }

  private void leave(String address) {
    try {
      Long beat = registry.read().get(address);
      if (beat != null) {
        registry.remove(address, beat);
      }
    } catch (Exception e) {
      LOG.debug("The address stays in {} until another node removes it", registry, e);
    }
  }

  private void remove(String address, long beat) {
    try {
      registry.remove(address, beat);
      LOG.debug("Removed {} from {}, which nobody renewed", address, registry);
    } catch (Exception e) {
      LOG.debug("Can't remove {} from {}", address, registry, e);
    }
  }
}
