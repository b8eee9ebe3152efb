package io.p2pmap.spring.autoconfigure;

import io.p2pmap.discovery.Discovery;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** Makes a {@link Discovery} of the properties under {@code p2pmap.discovery}. */
final class DiscoveryPresets {

  private static final String PREFIX = "p2pmap.discovery.";
  private static final int DNS_PORT = 53;
  private static final String DISCOVERY_CLIENT =
      "org.springframework.cloud.client.discovery.DiscoveryClient";

  private final P2pMapProperties node;
  private final DiscoveryProperties properties;
  private final ListableBeanFactory beanFactory;
  private final Environment environment;

  DiscoveryPresets(
      P2pMapProperties node, ListableBeanFactory beanFactory, Environment environment) {
    this.node = node;
    this.properties = node.discovery();
    this.beanFactory = beanFactory;
    this.environment = environment;
  }

  /** Empty for what a node does unless told otherwise. */
  Optional<Discovery> create() {
    try {
      return switch (properties.type()) {
        case LOCAL -> Optional.empty();
        case STATIC -> Optional.of(hosts());
        case DNS -> Optional.of(dns());
        case MULTICAST -> Optional.of(multicast());
        case JDBC -> Optional.of(Discovery.jdbc(dataSource(), properties.jdbc().table()));
        case SERVICE_REGISTRY -> Optional.of(serviceRegistry());
        case FILE -> Optional.of(Discovery.folder(directory()));
        case NONE -> Optional.of(Discovery.none());
      };
    } catch (IllegalArgumentException | IllegalStateException ex) {
      throw new InvalidSettingException(
          null,
          "A property under '%s%s' is invalid: %s".formatted(PREFIX, type(), ex.getMessage()),
          "Correct the property, or choose another '%stype'.".formatted(PREFIX),
          ex);
    }
  }

  private Discovery hosts() {
    String property = PREFIX + "static.members";
    List<String> members = properties.staticMembers().members();
    if (members.isEmpty()) {
      throw missing(property, "is empty", "List at least one address as host:port");
    }
    HostAndPort format = new HostAndPort(property, node.bindPort());
    return Discovery.hosts(members.stream().map(format::parse).toList());
  }

  private Discovery dns() {
    DiscoveryProperties.DnsDiscovery dns = properties.dns();
    if (!StringUtils.hasText(dns.query())) {
      throw missing(PREFIX + "dns.query", "is missing", "Set it to the name of the nodes");
    }
    return Discovery.dns(dns.query(), port("dns.port", dns.port()), server(dns.server()));
  }

  private static @Nullable InetSocketAddress server(@Nullable String server) {
    return StringUtils.hasText(server)
        ? new HostAndPort(PREFIX + "dns.server", DNS_PORT).parse(server)
        : null;
  }

  private Discovery multicast() {
    InetAddress group = properties.multicast().group();
    int port = port("multicast.port", properties.multicast().port());
    return Discovery.multicast(new InetSocketAddress(group != null ? group : defaultGroup(), port));
  }

  private InetAddress defaultGroup() {
    try {
      return InetAddress.getByName(
          node.bindAddress() instanceof Inet6Address ? "ff02::5032" : "239.255.80.50");
    } catch (UnknownHostException ex) {
      throw new IllegalStateException(ex);
    }
  }

  private DataSource dataSource() {
    String name = properties.jdbc().dataSource();
    if (!StringUtils.hasText(name)) {
      return unique(DataSource.class, PREFIX + "jdbc.data-source");
    }
    try {
      return beanFactory.getBean(name, DataSource.class);
    } catch (NoSuchBeanDefinitionException ex) {
      throw new InvalidSettingException(
          PREFIX + "jdbc.data-source",
          "Property '%sjdbc.data-source' names '%s', which is not a bean.".formatted(PREFIX, name),
          "Name a DataSource bean: %s.".formatted(names(DataSource.class)),
          ex);
    }
  }

  private Discovery serviceRegistry() {
    if (!ClassUtils.isPresent(DISCOVERY_CLIENT, getClass().getClassLoader())) {
      throw missing(
          "spring-cloud-commons", "is not on the class path", "Add a Spring Cloud starter");
    }
    DiscoveryProperties.ServiceRegistryDiscovery registry = properties.serviceRegistry();
    String serviceId =
        StringUtils.hasText(registry.serviceId())
            ? registry.serviceId()
            : environment.getProperty("spring.application.name");
    if (!StringUtils.hasText(serviceId)) {
      throw missing(
          PREFIX + "service-registry.service-id",
          "is missing, and so is 'spring.application.name'",
          "Set one of them");
    }
    return ServiceInstances.of(
        this, serviceId, registry.portMetadata(), port("service-registry.port", registry.port()));
  }

  private Path directory() {
    Path directory = properties.file().directory();
    if (directory == null) {
      throw missing(PREFIX + "file.directory", "is missing", "Set it to a folder of all nodes");
    }
    return directory;
  }

  private int port(String property, @Nullable Integer port) {
    if (port != null && (port < 1 || port > 65_535)) {
      throw new InvalidSettingException(
          "Property '%s%s' is %d, which is not a port.".formatted(PREFIX, property, port),
          "Set it to a number from 1 to 65535.");
    }
    return port != null ? port : node.bindPort();
  }

  /** The only or primary bean of a type, which a property may choose among several. */
  <T> T unique(Class<T> type, @Nullable String property) {
    T bean = beanFactory.getBeanProvider(type).getIfUnique();
    if (bean == null) {
      throw new InvalidSettingException(
          "Property '%stype' is '%s', but of beans of type %s there is not exactly one, or one primary: %s."
              .formatted(PREFIX, type(), type.getSimpleName(), names(type)),
          property == null
              ? "Define one, or make one of them primary."
              : "Define one, make one of them primary, or name one by '%s'.".formatted(property));
    }
    return bean;
  }

  private String names(Class<?> type) {
    String[] names = beanFactory.getBeanNamesForType(type);
    return names.length == 0 ? "there is none" : String.join(", ", names);
  }

  private InvalidSettingException missing(String what, String complaint, String action) {
    return new InvalidSettingException(
        "Property '%stype' is '%s', but '%s' %s.".formatted(PREFIX, type(), what, complaint),
        action + ", or choose another type of discovery.");
  }

  private String type() {
    return properties.type().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
