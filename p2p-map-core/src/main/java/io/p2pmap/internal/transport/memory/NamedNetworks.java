package io.p2pmap.internal.transport.memory;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The in-memory networks of this JVM, one a cluster name, as long as a node or somebody else holds
 * on to them.
 *
 * <p>Threading: any.
 */
public final class NamedNetworks {

  private static final Map<String, WeakReference<MemoryNetwork>> NETWORKS = new HashMap<>();

  private NamedNetworks() {}

  /** The network of {@code clusterName}. */
  public static MemoryNetwork named(String clusterName) {
    synchronized (NETWORKS) {
      NETWORKS.values().removeIf(network -> network.refersTo(null));
      WeakReference<MemoryNetwork> known = NETWORKS.get(clusterName);
      @Nullable MemoryNetwork network = known == null ? null : known.get();
      if (network == null) {
        network = new MemoryNetwork();
        NETWORKS.put(clusterName, new WeakReference<>(network));
      }
      return network;
    }
  }
}
