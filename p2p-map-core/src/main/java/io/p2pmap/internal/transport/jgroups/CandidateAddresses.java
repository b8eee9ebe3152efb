package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.discovery.Discovery;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other nodes may be, as a {@link Discovery} says; survives it being slow and failing.
 *
 * <p>Threading: any.
 */
final class CandidateAddresses {

  private static final Logger LOG = LoggerFactory.getLogger(CandidateAddresses.class);

  private final Discovery discovery;
  private final Semaphore mayAsk = new Semaphore(1);
  private final AtomicBoolean isFailing = new AtomicBoolean();
  private volatile Collection<InetSocketAddress> latest = List.of();

  CandidateAddresses(Discovery discovery) {
    this.discovery = discovery;
  }

  /**
   * Asks anew; may block. Gives the latest answer if that fails, or if an earlier question is not
   * answered yet: each of JGroups' threads that waited as well would be missing elsewhere.
   */
  Set<PhysicalAddress> ask() {
    if (mayAsk.tryAcquire()) {
      try {
        refresh();
      } finally {
        mayAsk.release();
      }
    }
    Set<PhysicalAddress> resolved = new LinkedHashSet<>();
    for (InetSocketAddress address : latest) {
      if (!address.isUnresolved()) {
        resolved.add(new IpAddress(address.getAddress(), address.getPort()));
      }
    }
    return resolved;
  }

  private void refresh() {
    try {
      latest = List.copyOf(discovery.candidates());
      isFailing.set(false);
    } catch (RuntimeException e) {
      if (isFailing.compareAndSet(false, true)) {
        LOG.warn("Can't look up where other nodes are, goes on trying: {}", e.toString());
      }
    }
  }

  /** How it looks for nodes, for people. */
  @Override
  public String toString() {
    return discovery.description();
  }
}
