package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.MapEvent;
import io.p2pmap.MapStatus.Agreement;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

class TwoNodesTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void theApplicationNameIsTheClusterNameOnOneHost() {
    String cluster = UUID.randomUUID().toString();
    ApplicationContextRunner runner = node(TestContexts.nodeProperties());
    withTwo(
        runner.withPropertyValues("spring.application.name=a", "p2pmap.cluster-name=" + cluster),
        runner.withPropertyValues("spring.application.name=" + cluster),
        TwoNodesTests::assertThatTheyShareFlags);
  }

  @Test
  void staticMembersAreFoundAtTheirPorts() {
    int first = TestContexts.freePort();
    ApplicationContextRunner runner =
        node(TestContexts.nodeProperties())
            .withPropertyValues(
                "p2pmap.discovery.type=static",
                "p2pmap.discovery.static.members=127.0.0.1:" + first,
                "p2pmap.port-range=0");
    withTwo(
        runner.withPropertyValues("p2pmap.bind-port=" + first),
        runner.withPropertyValues("p2pmap.bind-port=" + (first + 1)),
        TwoNodesTests::assertThatTheyShareFlags);
  }

  @Test
  void aListenerHearsTheOtherNode() {
    ApplicationContextRunner runner = node(TestContexts.nodeProperties());
    withTwo(
        runner.withPropertyValues("p2pmap.node-name=a"),
        runner.withBean(Listener.class),
        (a, b) -> {
          flags(a).put("beta", FeatureFlag.on(5));
          List<MapEvent.Put<String, FeatureFlag>> heard = b.getBean(Listener.class).heard;
          await().atMost(PATIENCE).until(() -> !heard.isEmpty());
          assertThat(heard)
              .singleElement()
              .satisfies(
                  event -> {
                    assertThat(event.origin()).isEqualTo(MapEvent.Origin.REMOTE);
                    assertThat(event.writer()).isEqualTo("a");
                  });
        });
  }

  @Test
  void endpointAndHealthShowTheAgreementOfTheOtherNode() {
    ApplicationContextRunner runner = node(TestContexts.nodeProperties());
    withTwo(
        runner.withPropertyValues("p2pmap.node-name=a"),
        runner.withPropertyValues("p2pmap.node-name=b"),
        (a, b) -> {
          flags(a).put("beta", FeatureFlag.on(5));
          await().atMost(PATIENCE).untilAsserted(() -> assertThatInSync(a, "b"));
          assertThat(HealthDetails.ofNode(a).getDetails()).containsEntry("members", 2);
          assertThat(HealthDetails.details(a, "flags").get("members").toString())
              .contains("name=b, agreement=IN_SYNC, lastHeard=PT");
          assertThat(a.getBean(P2pMapEndpoint.class).node().members()).hasSize(2);
        });
  }

  @Test
  void theEndpointShowsWhomARemovalWaitsFor() {
    ApplicationContextRunner runner =
        node(TestContexts.nodeProperties())
            .withPropertyValues("p2pmap.maps.flags.scan-interval=1h");
    runner
        .withPropertyValues("p2pmap.node-name=a")
        .run(
            a -> {
              runner
                  .withPropertyValues("p2pmap.node-name=b")
                  .run(
                      b -> {
                        flags(a).put("beta", FeatureFlag.on(5));
                        await().atMost(PATIENCE).untilAsserted(() -> assertThatInSync(a, "b"));
                      });
              await().atMost(PATIENCE).until(() -> flags(a).status().members().isEmpty());
              flags(a).remove("beta");
              RemovedPageDescriptor page =
                  (RemovedPageDescriptor)
                      a.getBean(P2pMapEndpoint.class).page("flags", 0, 10, "be", true);
              assertThat(page.removed())
                  .singleElement()
                  .satisfies(
                      removed -> {
                        assertThat(removed.key()).isEqualTo("beta");
                        assertThat(removed.writer()).isEqualTo("a");
                        assertThat(removed.awaiting())
                            .singleElement()
                            .satisfies(
                                awaited -> {
                                  assertThat(awaited.name()).isEqualTo("b");
                                  assertThat(awaited.away()).isNotNull();
                                });
                      });
            });
  }

  private static void assertThatInSync(ConfigurableApplicationContext context, String other) {
    Map<String, NodeDescriptor.MapDescriptor> maps =
        context.getBean(P2pMapEndpoint.class).node().maps();
    assertThat(maps.get("flags").members())
        .singleElement()
        .satisfies(
            member -> {
              assertThat(member.name()).isEqualTo(other);
              assertThat(member.agreement()).isEqualTo(Agreement.IN_SYNC);
              assertThat(member.lastHeard()).isNotNull();
            });
  }

  private static void assertThatTheyShareFlags(
      ConfigurableApplicationContext a, ConfigurableApplicationContext b) {
    flags(a).put("beta", FeatureFlag.on(5));
    await().atMost(PATIENCE).until(() -> FeatureFlag.on(5).equals(flags(b).get("beta")));
  }

  private static ApplicationContextRunner node(String... properties) {
    return TestContexts.runner()
        .withPropertyValues(properties)
        .withPropertyValues(
            TestContexts.FLAGS,
            "p2pmap.sync.interval=200ms",
            "management.endpoints.web.exposure.include=p2pmap");
  }

  private interface Check {
    void accept(ConfigurableApplicationContext a, ConfigurableApplicationContext b);
  }

  private static void withTwo(
      ApplicationContextRunner first, ApplicationContextRunner second, Check check) {
    first.run(
        a -> {
          assertThat(a).hasNotFailed();
          second.run(
              b -> {
                assertThat(b).hasNotFailed();
                check.accept(a.getSourceApplicationContext(), b.getSourceApplicationContext());
              });
        });
  }

  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, FeatureFlag> flags(ConfigurableApplicationContext context) {
    return context.getBean("flags", ReplicatedMap.class);
  }

  static final class Listener {

    final List<MapEvent.Put<String, FeatureFlag>> heard = new CopyOnWriteArrayList<>();

    @EventListener
    void on(MapEvent.Put<String, FeatureFlag> event) {
      heard.add(event);
    }
  }
}
