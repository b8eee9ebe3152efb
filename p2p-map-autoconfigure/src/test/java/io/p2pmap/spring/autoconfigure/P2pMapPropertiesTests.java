package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.spring.autoconfigure.P2pMapProperties.Storage;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.unit.DataSize;

class P2pMapPropertiesTests {

  @Test
  void nothingNeedsToBeSet() {
    P2pMapProperties properties = bind(Map.of());
    assertThat(properties.clusterName()).isNull();
    assertThat(properties.nodeName()).isNull();
    assertThat(properties.bindAddress()).isNull();
    assertThat(properties.bindPort()).isEqualTo(7800);
    assertThat(properties.portRange()).isEqualTo(10);
    assertThat(properties.discovery().type()).isEqualTo(DiscoveryProperties.Type.LOCAL);
    assertThat(properties.discovery().staticMembers().members()).isEmpty();
    assertThat(properties.discovery().multicast().port()).isEqualTo(7799);
    assertThat(properties.discovery().jdbc().table()).isEqualTo("p2pmap_node");
    assertThat(properties.discovery().serviceRegistry().portMetadata()).isEqualTo("p2pmap-port");
    assertThat(properties.jgroups().config()).isNull();
    assertThat(properties.security().sharedSecret()).isNull();
    assertThat(properties.security().acceptedSecrets()).isEmpty();
    assertThat(properties.security().sslBundle()).isNull();
    assertThat(properties.security().allowPlaintext()).isFalse();
    assertThat(properties.sync().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(properties.sync().startupTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(properties.maxClockDrift()).isEqualTo(Duration.ofMinutes(1));
    assertThat(properties.storage().directory()).isEqualTo(Path.of("data/maps"));
    assertThat(properties.maps()).isEmpty();
  }

  @Test
  void everyPropertyOfTheNodeIsBound() throws Exception {
    P2pMapProperties properties =
        bind(
            Map.ofEntries(
                Map.entry("p2pmap.cluster-name", "shop"),
                Map.entry("p2pmap.node-name", "shop-1"),
                Map.entry("p2pmap.bind-address", "127.0.0.2"),
                Map.entry("p2pmap.bind-port", "7900"),
                Map.entry("p2pmap.port-range", "2"),
                Map.entry("p2pmap.discovery.type", "static"),
                Map.entry("p2pmap.discovery.static.members", "a:7900, b"),
                Map.entry("p2pmap.security.shared-secret", "a"),
                Map.entry("p2pmap.security.accepted-secrets", "b, c"),
                Map.entry("p2pmap.security.ssl-bundle", "d"),
                Map.entry("p2pmap.security.allow-plaintext", "true"),
                Map.entry("p2pmap.sync.interval", "1s"),
                Map.entry("p2pmap.sync.startup-timeout", "3s"),
                Map.entry("p2pmap.max-clock-drift", "20s"),
                Map.entry("p2pmap.storage.directory", "/var/maps"),
                Map.entry("p2pmap.storage.on-corruption", "fail")));
    assertThat(properties.clusterName()).isEqualTo("shop");
    assertThat(properties.nodeName()).isEqualTo("shop-1");
    assertThat(properties.bindAddress()).isEqualTo(InetAddress.getByName("127.0.0.2"));
    assertThat(properties.bindPort()).isEqualTo(7900);
    assertThat(properties.portRange()).isEqualTo(2);
    assertThat(properties.discovery().type()).isEqualTo(DiscoveryProperties.Type.STATIC);
    assertThat(properties.discovery().staticMembers().members()).containsExactly("a:7900", "b");
    assertThat(properties.security().sharedSecret()).isEqualTo("a");
    assertThat(properties.security().acceptedSecrets()).containsExactly("b", "c");
    assertThat(properties.security().sslBundle()).isEqualTo("d");
    assertThat(properties.security().allowPlaintext()).isTrue();
    assertThat(properties.sync().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(properties.sync().startupTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(properties.maxClockDrift()).isEqualTo(Duration.ofSeconds(20));
    assertThat(properties.storage().directory()).isEqualTo(Path.of("/var/maps"));
    assertThat(properties.storage().onCorruption()).isEqualTo(Storage.OnCorruption.FAIL);
  }

  @Test
  void everyPropertyOfDiscoveryIsBound() throws Exception {
    Map<String, String> texts = new HashMap<>();
    texts.put("type", "service-registry");
    texts.put("dns.query", "nodes.shop.example");
    texts.put("dns.port", "1");
    texts.put("dns.server", "127.0.0.1:53");
    texts.put("multicast.group", "239.1.2.3");
    texts.put("multicast.port", "2");
    texts.put("jdbc.data-source", "main");
    texts.put("jdbc.table", "app.nodes");
    texts.put("service-registry.service-id", "shop");
    texts.put("service-registry.port-metadata", "port");
    texts.put("service-registry.port", "3");
    texts.put("file.directory", "/nodes");
    Map<String, String> properties = new HashMap<>();
    texts.forEach((name, text) -> properties.put("p2pmap.discovery." + name, text));

    assertThat(bind(properties).discovery())
        .isEqualTo(
            new DiscoveryProperties(
                DiscoveryProperties.Type.SERVICE_REGISTRY,
                new DiscoveryProperties.StaticDiscovery(List.of()),
                new DiscoveryProperties.DnsDiscovery("nodes.shop.example", 1, "127.0.0.1:53"),
                new DiscoveryProperties.MulticastDiscovery(InetAddress.getByName("239.1.2.3"), 2),
                new DiscoveryProperties.JdbcDiscovery("main", "app.nodes"),
                new DiscoveryProperties.ServiceRegistryDiscovery("shop", "port", 3),
                new DiscoveryProperties.FileDiscovery(Path.of("/nodes"))));
  }

  @Test
  void aMapNeedsNoMoreThanItsValueType() {
    assertThat(bind(Map.of("p2pmap.maps.flags.value-type", "com.acme.Flag")).maps())
        .containsExactly(
            Map.entry(
                "flags",
                new MapProperties(
                    "java.lang.String",
                    "com.acme.Flag",
                    false,
                    null,
                    false,
                    Duration.ofHours(1),
                    Duration.ofSeconds(1),
                    null,
                    DataSize.ofMegabytes(1))));
  }

  @Test
  void everyPropertyOfAMapIsBound() {
    P2pMapProperties properties =
        bind(
            Map.of(
                "p2pmap.maps.flags.key-type", "java.util.UUID",
                "p2pmap.maps.flags.value-type", "com.acme.Flag",
                "p2pmap.maps.flags.persist", "true",
                "p2pmap.maps.flags.validator", "flagValidator",
                "p2pmap.maps.flags.prune-on-peer-down", "true",
                "p2pmap.maps.flags.tombstone-ttl", "2h",
                "p2pmap.maps.flags.scan-interval", "5s",
                "p2pmap.maps.flags.time-to-live", "30s",
                "p2pmap.maps.flags.max-value-size", "64KB"));
    assertThat(properties.maps().get("flags"))
        .isEqualTo(
            new MapProperties(
                "java.util.UUID",
                "com.acme.Flag",
                true,
                "flagValidator",
                true,
                Duration.ofHours(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                DataSize.ofKilobytes(64)));
  }

  private static P2pMapProperties bind(Map<String, String> properties) {
    return new Binder(
            List.of(new MapConfigurationPropertySource(properties)),
            null,
            ApplicationConversionService.getSharedInstance())
        .bindOrCreate("p2pmap", P2pMapProperties.class);
  }
}
