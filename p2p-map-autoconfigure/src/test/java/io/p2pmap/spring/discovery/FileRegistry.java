package io.p2pmap.spring.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/** A service registry for tests: a file with a line {@code host port} for each instance. */
record FileRegistry(Path file) implements DiscoveryClient {

  static final String SERVICE = "shop";

  @Override
  public String description() {
    return "File";
  }

  @Override
  public List<ServiceInstance> getInstances(String serviceId) {
    try {
      return Files.readAllLines(file).stream().map(FileRegistry::instance).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServiceInstance instance(String line) {
    String[] hostAndPort = line.split(" ");
    DefaultServiceInstance instance =
        new DefaultServiceInstance(line, SERVICE, hostAndPort[0], 8080, false);
    instance.getMetadata().putAll(Map.of("p2pmap-port", hostAndPort[1]));
    return instance;
  }

  @Override
  public List<String> getServices() {
    return List.of(SERVICE);
  }
}
