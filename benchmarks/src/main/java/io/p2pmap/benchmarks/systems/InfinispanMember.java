package io.p2pmap.benchmarks.systems;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;

/** Infinispan, replicated, on its own TCP stack with a list of addresses for its multicast. */
final class InfinispanMember implements MemberMap {

  private static final String STACK = "org/infinispan/configuration/default-jgroups-tcp.xml";

  private final DefaultCacheManager manager;
  private final Cache<String, String> cache;

  InfinispanMember(Place place, CacheMode mode) throws Exception {
    GlobalConfigurationBuilder global = GlobalConfigurationBuilder.defaultClusteredBuilder();
    global.transport().clusterName(place.cluster()).transport(new JGroupsTransport(channel(place)));
    manager = new DefaultCacheManager(global.build());
    ConfigurationBuilder configuration = new ConfigurationBuilder();
    configuration.clustering().cacheMode(mode);
    manager.defineConfiguration("benchmark", configuration.build());
    cache = manager.getCache("benchmark");
  }

  private static JChannel channel(Place place) throws Exception {
    String hosts =
        place.all().stream()
            .map(a -> "127.0.0.1[%d]".formatted(a.getPort()))
            .collect(Collectors.joining(","));
    String xml =
        stack()
            .replaceFirst("(?s)<MPING.*?/>", "<TCPPING initial_hosts=\"%s\" port_range=\"0\"/>")
            .formatted(hosts)
            .replaceFirst("bind_addr=\"[^\"]*\"", "bind_addr=\"127.0.0.1\"")
            .replaceFirst("bind_port=\"[^\"]*\"", "bind_port=\"%d\"".formatted(place.port()))
            .replaceFirst("port_range=\"[^\"]*\"", "port_range=\"0\"")
            .replace("<FD_SOCK2 ", "<FD_SOCK2 bind_addr=\"127.0.0.1\" ")
            .replace("${jgroups.fd.port-offset:50000}", "1000");
    return new JChannel(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static String stack() throws IOException {
    try (InputStream in = Cache.class.getClassLoader().getResourceAsStream(STACK)) {
      if (in == null) {
        throw new IOException("Infinispan has no " + STACK);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void put(String key, String value) {
    cache.put(key, value);
  }

  @Override
  public @Nullable String get(String key) {
    return cache.get(key);
  }

  @Override
  public int size() {
    return cache.getAdvancedCache().getDataContainer().size();
  }

  @Override
  public void close() {
    manager.stop();
  }
}
