package io.p2pmap.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.discovery.Discovery;
import io.p2pmap.spring.TestContexts;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.AbstractStringAssert;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * From properties and beans to nodes that find each other, or to a text that says what is wrong.
 */
class DiscoveryPresetTests {

  private final ApplicationContextRunner runner = TestContexts.runner();

  /** Says nothing of addresses and ports. */
  private final ApplicationContextRunner unbound =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(P2pMapAutoConfiguration.class))
          .withPropertyValues(
              "spring.application.name=" + UUID.randomUUID(), "p2pmap.sync.startup-timeout=2s");

  @ParameterizedTest
  @CsvSource({
    "local,            'ports '",
    "static,           'the list [127.0.0.1:7801]'",
    "dns,              'the address records of nodes.shop.example in the DNS'",
    "multicast,        'multicast group 239.255.80.50:7799'",
    "jdbc,             'database table p2pmap_node'",
    "service-registry, 'the instances of service shop (Fixed)'",
    "file,             'folder /nodes'",
    "none,             'the list []'"
  })
  void everyTypeHasItsDiscovery(String type, String description) {
    new ApplicationContextRunner()
        .withUserConfiguration(OnlyProperties.class)
        .withBean(DataSource.class, JdbcDataSource::new)
        .withBean(DiscoveryClient.class, () -> new Fixed(List.of()))
        .withPropertyValues(
            "spring.application.name=shop",
            "p2pmap.discovery.type=" + type,
            "p2pmap.discovery.static.members=127.0.0.1:7801",
            "p2pmap.discovery.dns.query=nodes.shop.example",
            "p2pmap.discovery.file.directory=/nodes")
        .run(
            context -> {
              DiscoveryPresets presets =
                  new DiscoveryPresets(
                      context.getBean(P2pMapProperties.class),
                      context.getBeanFactory(),
                      context.getEnvironment());
              assertThat(presets.create().map(Discovery::description).orElse("ports "))
                  .isEqualTo(description);
            });
  }

  @Test
  void nodesMeetInADatabase() {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    ApplicationContextRunner node =
        runner
            .withBean("first", DataSource.class, () -> database)
            .withBean("second", DataSource.class, JdbcDataSource::new)
            .withPropertyValues(
                "p2pmap.discovery.type=jdbc", "p2pmap.discovery.jdbc.data-source=first");
    assertThatTwoMeet(node);
  }

  @Test
  void nodesMeetInAServiceRegistry() {
    int port = TestContexts.freePort();
    DefaultServiceInstance withPort =
        new DefaultServiceInstance("a", "shop", "127.0.0.1", 1, false);
    withPort.getMetadata().put("p2pmap-port", Integer.toString(port + 1));
    DefaultServiceInstance wrong = new DefaultServiceInstance("c", "shop", "127.0.0.1", 1, false);
    wrong.getMetadata().put("p2pmap-port", "x");
    DefaultServiceInstance without = new DefaultServiceInstance("b", "shop", "127.0.0.1", 1, false);
    ApplicationContextRunner node =
        runner
            .withBean(DiscoveryClient.class, () -> new Fixed(List.of(wrong, without, withPort)))
            .withPropertyValues(
                "p2pmap.cluster-name=" + UUID.randomUUID(),
                "spring.application.name=shop",
                "p2pmap.discovery.service-registry.port=" + port,
                "p2pmap.discovery.type=service-registry");
    assertThatTwoMeet(
        node.withPropertyValues("p2pmap.bind-port=" + port),
        node.withPropertyValues("p2pmap.bind-port=" + (port + 1)));
  }

  @Test
  void nodesMeetInAFolder(@TempDir Path folder) {
    assertThatTwoMeet(
        runner.withPropertyValues(
            "p2pmap.discovery.type=file", "p2pmap.discovery.file.directory=" + folder));
  }

  @Test
  void nodesMeetOnAStackOfTheApplication(@TempDir Path folder) throws Exception {
    int port = TestContexts.freePort();
    Path xml = folder.resolve("stack.xml");
    Files.writeString(
        xml,
        """
        <config xmlns="urn:org:jgroups">
          <TCP bind_addr="127.0.0.1" bind_port="%1$d" port_range="1"/>
          <TCPPING initial_hosts="127.0.0.1[%1$d],127.0.0.1[%2$d]" port_range="0"/>
          <MERGE3 min_interval="500" max_interval="1500"/>
          <FD_ALL3/>
          <VERIFY_SUSPECT2/>
          <NAKACK4/>
          <UNICAST4/>
          <pbcast.GMS join_timeout="1000" print_local_addr="false"/>
          <FRAG4/>
        </config>
        """
            .formatted(port, port + 1));
    assertThatTwoMeet(unbound.withPropertyValues("p2pmap.jgroups.config=" + xml.toUri()));
  }

  @ParameterizedTest
  @CsvSource({
    "static,           p2pmap.discovery.static.members",
    "dns,              p2pmap.discovery.dns.query",
    "jdbc,             DataSource",
    "service-registry, DiscoveryClient",
    "file,             p2pmap.discovery.file.directory"
  })
  void anIncompleteSettingIsNamed(String type, String missing) {
    assertThatStartFails("p2pmap.discovery.type=" + type)
        .contains("'p2pmap.discovery.type' is '" + type + "'", missing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static  p2pmap.discovery.static.members=a:b",
        "dns     p2pmap.discovery.dns.port=0",
        "dns     p2pmap.discovery.dns.server=a:b",
        "multicast p2pmap.discovery.multicast.port=70000",
      })
  void aWrongSettingIsNamed(String settings) {
    String[] words = settings.split(" +");
    assertThatStartFails(
            "p2pmap.discovery.type=" + words[0], "p2pmap.discovery.dns.query=a.b", words[1])
        .contains(words[1].substring(0, words[1].indexOf('=')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dns       p2pmap.discovery.dns.query=a/b",
        "multicast p2pmap.discovery.multicast.group=10.0.0.1",
        "jdbc      p2pmap.discovery.jdbc.table=a;b"
      })
  void aSettingThatTheCoreRefusesIsNamed(String settings) {
    String[] words = settings.split(" +");
    assertThatStartFails(
            runner.withBean(DataSource.class, JdbcDataSource::new),
            "p2pmap.discovery.type=" + words[0],
            words[1])
        .contains(
            "'p2pmap.discovery." + words[0] + "'", words[1].substring(words[1].indexOf('=') + 1));
  }

  @Test
  void severalDataSourcesAreListed() {
    assertThatStartFails(
            runner
                .withBean("one", DataSource.class, JdbcDataSource::new)
                .withBean("two", DataSource.class, JdbcDataSource::new),
            "p2pmap.discovery.type=jdbc")
        .contains("one, two");
  }

  @Test
  void anUnknownDataSourceIsNamed() {
    assertThatStartFails("p2pmap.discovery.type=jdbc", "p2pmap.discovery.jdbc.data-source=unknown")
        .contains("'unknown'", "p2pmap.discovery.jdbc.data-source");
  }

  @Test
  void whatAStackMakesVoidIsNamed() {
    URL any = getClass().getResource("DiscoveryPresetTests.class");
    assertThatStartFails("p2pmap.jgroups.config=" + any, "p2pmap.discovery.type=static")
        .contains(
            "p2pmap.jgroups.config", "p2pmap.bind-port, p2pmap.port-range, p2pmap.discovery.type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:/no/such.xml", "classpath:no-such.xml"})
  void aMissingStackIsNamed(String location) {
    assertThatStartFails(unbound, "p2pmap.jgroups.config=" + location)
        .contains("such.xml", "'p2pmap.jgroups.config'");
  }

  @Test
  void aStackThatIsNoneIsNamed(@TempDir Path folder) throws Exception {
    Path xml = Files.writeString(folder.resolve("stack.xml"), "<config><NO_SUCH/></config>");

    unbound
        .withPropertyValues("p2pmap.jgroups.config=" + xml.toUri())
        .run(
            context ->
                assertThat(context).getFailure().rootCause().hasMessageContaining("NO_SUCH"));
  }

  private static void assertThatTwoMeet(ApplicationContextRunner node) {
    assertThatTwoMeet(node, node);
  }

  private static void assertThatTwoMeet(ApplicationContextRunner a, ApplicationContextRunner b) {
    a.run(
        first ->
            b.run(
                second -> {
                  assertThat(second).hasNotFailed();
                  await()
                      .atMost(Duration.ofSeconds(30))
                      .untilAsserted(
                          () ->
                              assertThat(List.of(first, second))
                                  .allMatch(node -> members(node) == 2));
                }));
  }

  private static int members(ApplicationContext context) {
    return context.getBean(ReplicatedMaps.class).members().size();
  }

  private AbstractStringAssert<?> assertThatStartFails(String... properties) {
    return assertThatStartFails(runner, properties);
  }

  /** Description and action of the failure. */
  private static AbstractStringAssert<?> assertThatStartFails(
      ApplicationContextRunner runner, String... properties) {
    StringBuilder texts = new StringBuilder();
    runner
        .withPropertyValues(properties)
        .run(
            context -> {
              assertThat(context).hasFailed();
              for (Throwable cause = context.getStartupFailure();
                  cause != null;
                  cause = cause.getCause()) {
                if (cause instanceof InvalidSettingException invalid) {
                  texts.append(invalid.getMessage()).append(' ').append(invalid.action());
                }
              }
            });
    return assertThat(texts.toString());
  }

  /** A registry in memory. */
  private record Fixed(List<ServiceInstance> instances) implements DiscoveryClient {

    @Override
    public String description() {
      return "Fixed";
    }

    @Override
    public List<ServiceInstance> getInstances(String serviceId) {
      return serviceId.equals("shop") ? instances : List.of();
    }

    @Override
    public List<String> getServices() {
      return List.of("shop");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(P2pMapProperties.class)
  static class OnlyProperties {}
}
