package io.p2pmap.internal.transport.jgroups;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jgroups.PhysicalAddress;
import org.jgroups.stack.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other nodes may be, as somebody else's code says; survives its failures.
 *
 * <p>Threading: any.
 */
final class CandidateAddresses {

  private static final Logger LOG = LoggerFactory.getLogger(CandidateAddresses.class);

  private final Supplier<? extends Collection<InetSocketAddress>> source;
  private final AtomicBoolean isFailing = new AtomicBoolean();
  private volatile Collection<InetSocketAddress> latest = List.of();

  CandidateAddresses(Supplier<? extends Collection<InetSocketAddress>> source) {
    this.source = source;
  }

  /** Asks anew; may block. Without addresses that can't be resolved; empty if asking fails. */
  Set<PhysicalAddress> ask() {
    Set<PhysicalAddress> resolved = new LinkedHashSet<>();
    for (InetSocketAddress address : refreshed()) {
      if (!address.isUnresolved()) {
        resolved.add(new IpAddress(address.getAddress(), address.getPort()));
      }
    }
    return resolved;
  }

  private Collection<InetSocketAddress> refreshed() {
    try {
      latest = List.copyOf(source.get());
      isFailing.set(false);
      return latest;
    } catch (RuntimeException e) {
      if (isFailing.compareAndSet(false, true)) {
        LOG.warn("Can't look up where other nodes are, goes on trying: {}", e.toString());
      }
      return List.of();
    }
  }

  /** For people: the range if it is one, else the latest answer. */
  @Override
  public String toString() {
    return source instanceof LocalPorts ? source.toString() : latest.toString();
  }
}
