package io.p2pmap.spring.autoconfigure;

import io.p2pmap.discovery.Discovery;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Discovery by a service registry. The class is loaded only if Spring Cloud is on the class path.
 *
 * @param client asked each time; caches as it likes
 * @param portMetadata key of the metadata with a node's port
 * @param port where instances without that key listen
 */
record ServiceInstances(DiscoveryClient client, String serviceId, String portMetadata, int port)
    implements Discovery {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceInstances.class);

  static Discovery of(DiscoveryPresets presets, String serviceId, String portMetadata, int port) {
    DiscoveryClient client = presets.unique(DiscoveryClient.class, null);
    return new ServiceInstances(client, serviceId, portMetadata, port);
  }

  @Override
  public Collection<InetSocketAddress> candidates() {
    return client.getInstances(serviceId).stream().flatMap(this::address).toList();
  }

  @Override
  public String description() {
    return "the instances of service %s (%s)".formatted(serviceId, client.description());
  }

  /** None if its metadata is wrong: one bad instance must not hide the others. */
  private Stream<InetSocketAddress> address(ServiceInstance instance) {
    Map<String, String> metadata = instance.getMetadata();
    String text = metadata == null ? null : metadata.get(portMetadata);
    try {
      int ownPort = text == null ? port : Integer.parseInt(text.strip());
      return Stream.of(new InetSocketAddress(instance.getHost(), ownPort));
    } catch (IllegalArgumentException ex) {
      LOG.debug("Instance {} of service {} has port '{}'", instance, serviceId, text, ex);
      return Stream.empty();
    }
  }
}
