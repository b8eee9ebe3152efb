package io.p2pmap.discovery;

import io.p2pmap.discovery.Beacon.Cluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discovery by multicast {@link Beacon beacons}. A node sends one whenever it looks for others, and
 * answers those who know of nobody yet.
 *
 * <p>Packets come from anybody. All that one can do is to name a TCP port at the address it comes
 * from, which is then tried; it is never answered by more than it has sent, and by no more than
 * fifty packets a second.
 *
 * <p>Threading: any; a thread of its own receives.
 */
final class Multicast implements Discovery {

  private static final Logger LOG = LoggerFactory.getLogger(Multicast.class);

  private static final Duration ANSWER_TIME = Duration.ofMillis(100);
  private static final int ASKS = 3;
  private static final long ANSWER_PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private final InetSocketAddress group;
  private final Heard heard = new Heard();
  private volatile @Nullable Joined joined;

  /** Used by the receiving thread only. */
  private long lastAnswerNanos = System.nanoTime() - ANSWER_PAUSE_NANOS;

  /** What exists between announce and close. */
  private record Joined(MulticastGroup group, Cluster cluster, InetSocketAddress self) {

    Beacon beacon(boolean wantsAnswers) {
      return new Beacon(cluster, self.getPort(), wantsAnswers);
    }
  }

  Multicast(InetSocketAddress group) {
    if (group.isUnresolved() || !group.getAddress().isMulticastAddress()) {
      throw new IllegalArgumentException("%s is no multicast address".formatted(group));
    }
    this.group = group;
  }

  @Override
  public void announce(String clusterName, InetSocketAddress self) {
    try {
      Joined opened =
          new Joined(
              MulticastGroup.join(group, self.getAddress()), Cluster.named(clusterName), self);
      joined = opened;
      Thread receiving = new Thread(() -> receive(opened), "p2pmap-discovery-" + self.getPort());
      receiving.setDaemon(true);
      receiving.start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "Can't join multicast group %s on the network interface of %s: %s"
              .formatted(AddressText.of(group), self.getAddress().getHostAddress(), e.getMessage()),
          e);
    }
  }

  @Override
  public Collection<InetSocketAddress> candidates() {
    Joined current = joined;
    if (current == null) {
      return List.of();
    }
    List<InetSocketAddress> known = heard.lately();
    if (!known.isEmpty()) {
      send(current, false);
      return known;
    }
    for (int i = 0; i < ASKS && heard.lately().isEmpty(); i++) {
      send(current, true);
      heard.await(ANSWER_TIME);
    }
    return heard.lately();
  }

  @Override
  public String description() {
    return "multicast group " + AddressText.of(group);
  }

  @Override
  public void close() {
    Joined current = joined;
    joined = null;
    if (current != null) {
      current.group().close();
    }
  }

  private void send(Joined current, boolean wantsAnswers) {
    try {
      current.group().send(current.beacon(wantsAnswers).encode());
    } catch (IOException e) {
      throw new IllegalStateException(
          "Can't send to %s: %s".formatted(description(), e.getMessage()), e);
    }
  }

  private void receive(Joined current) {
    ByteBuffer packet = ByteBuffer.allocate(Beacon.BYTES + 1); // longer ones are no beacons
    while (joined == current) {
      try {
        InetAddress sender = current.group().receive(packet.clear());
        Beacon.decode(packet.flip())
            .filter(beacon -> isOther(current, sender, beacon))
            .ifPresent(beacon -> accept(current, sender, beacon));
      } catch (IOException | IllegalStateException e) {
        if (joined == current) {
          LOG.debug("{} failed", description(), e);
          LockSupport.parkNanos(ANSWER_PAUSE_NANOS); // the network may be down for long
        }
      }
    }
  }

  private void accept(Joined current, InetAddress sender, Beacon beacon) {
    heard.add(new InetSocketAddress(sender, beacon.port()));
    long now = System.nanoTime();
    if (beacon.wantsAnswers() && now - lastAnswerNanos >= ANSWER_PAUSE_NANOS) {
      lastAnswerNanos = now;
      send(current, false);
    }
  }

  private static boolean isOther(Joined current, InetAddress sender, Beacon beacon) {
    return beacon.cluster().equals(current.cluster())
        && !new InetSocketAddress(sender, beacon.port()).equals(current.self());
  }
}
